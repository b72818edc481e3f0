package dev.callflow.api.file;

import dev.callflow.api.access.Scope;
import dev.callflow.api.answer.Answer;
import dev.callflow.api.answer.FailureCode;
import dev.callflow.api.route.ApiCall;
import dev.callflow.api.route.ApiOperation;
import dev.callflow.core.call.MediaGuard;
import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.DocumentType;
import dev.callflow.core.document.EditableStore;
import dev.callflow.core.document.Json;
import dev.callflow.core.document.StoredDocument;
import dev.callflow.core.document.WriteResult;
import dev.callflow.core.file.AccountFiles;
import dev.callflow.core.file.KeptFile;
import dev.callflow.core.file.RemovedFile;
import dev.callflow.core.file.SoundFormat;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/** Uploads the files of media documents, and returns them (docs/spec/api.md#files). */
public final class UploadResource {

  private static final Logger LOG = LoggerFactory.getLogger(UploadResource.class);

  private static final String ONE = "/v2/accounts/{account}/media/{id}";
  private static final String RAW = ONE + "/raw";
  private static final String ID = "id";

  /** An attempt to change the document fails if another change is stored first. */
  private static final int MAX_ATTEMPTS = 10;

  /** The keys of a document that name a file elsewhere. */
  private static final List<String> LOCATIONS = List.of("recording", "path", "url", "source_url");

  private final EditableStore store;
  private final AccountFiles files;
  private final Downloads downloads;

  /**
   * Creates the resource.
   *
   * @param store the store of the documents
   * @param files the files
   * @param downloads answers with files
   */
  public UploadResource(EditableStore store, AccountFiles files, Downloads downloads) {
    this.store = store;
    this.files = files;
    this.downloads = downloads;
  }

  /**
   * Returns the operations.
   *
   * @return the operations
   */
  public List<ApiOperation> operations() {
    return List.of(
        ApiOperation.of("GET", RAW, Scope.READ, this::download),
        ApiOperation.of("PUT", RAW, Scope.DOCUMENTS, this::upload).takingFile(),
        ApiOperation.of("POST", RAW, Scope.DOCUMENTS, this::upload).takingFile());
  }

  /**
   * Puts the removal of files around the operation that removes media documents.
   *
   * @param operation an operation
   * @return the changed operation; the same one if it does not remove media documents
   */
  public ApiOperation around(ApiOperation operation) {
    ApiOperation.Handler inner = operation.handler();
    return operation.path().equals(ONE) && operation.verb().equals("DELETE")
        ? operation.answeredBy(call -> removed(call, inner))
        : operation;
  }

  private Answer removed(ApiCall call, ApiOperation.Handler inner) {
    Optional<SoundFormat> format =
        store.stored(call.account(), DocumentType.MEDIA, call.value(ID)).flatMap(it -> format(it));
    Answer answer = inner.answer(call);
    if (answer instanceof Answer.Done) {
      format.ifPresent(it -> remove(call.account(), call.value(ID), it));
    }
    return answer;
  }

  private Answer download(ApiCall call) {
    String id = call.value(ID);
    Optional<StoredDocument> document = store.stored(call.account(), DocumentType.MEDIA, id);
    if (document.isEmpty()) {
      return Answer.notFound(id);
    }
    return format(document.get())
        .map(format ->
            downloads.answer(
                call.account(), id, files.media(call.account(), id, format), call.request()))
        .orElseGet(() ->
            LOCATIONS.stream().anyMatch(document.get().document().body()::has)
                ? Downloads.unreachable(
                    "the document names a file or URL that only FreeSWITCH reads")
                : Answer.refused(
                    FailureCode.BAD_IDENTIFIER, "no file was uploaded for this document"));
  }

  private Answer upload(ApiCall call) {
    AccountId account = call.account();
    String id = call.value(ID);
    if (store.stored(account, DocumentType.MEDIA, id).isEmpty()) {
      return Answer.notFound(id);
    }
    try {
      return switch (files.keepMedia(account, id, call.upload().orElseThrow())) {
        case KeptFile.Kept kept -> stored(account, id, kept);
        case KeptFile.Refusal refusal -> KeptFiles.refused(refusal);
      };
    } catch (IOException e) {
      return KeptFiles.unread(e);
    }
  }

  /** Notes in the document that its file is stored. */
  private Answer stored(AccountId account, String id, KeptFile.Kept kept) {
    for (int i = 0; i < MAX_ATTEMPTS; i++) {
      Optional<StoredDocument> before = store.stored(account, DocumentType.MEDIA, id);
      if (before.isEmpty()) {
        break;
      }
      ObjectNode body = before.get().document().body().deepCopy();
      body.put(MediaGuard.UPLOADED, kept.format().extension());
      body.put("content_type", kept.format().contentType());
      body.put("content_length", kept.bytes());
      WriteResult result =
          store.replace(account, DocumentType.MEDIA, id, body, before.get().revision());
      if (result instanceof WriteResult.Written) {
        format(before.get())
            .filter(it -> it != kept.format())
            .ifPresent(it -> remove(account, id, it));
        return Answer.ok(
            Json.object()
                .put("id", id)
                .put("content_type", kept.format().contentType())
                .put("content_length", kept.bytes()));
      }
      if (!(result instanceof WriteResult.Conflict)) {
        break;
      }
    }
    boolean isGone = store.stored(account, DocumentType.MEDIA, id).isEmpty();
    if (isGone) {
      remove(account, id, kept.format());
    }
    return isGone
        ? Answer.notFound(id)
        : Answer.refused(
            FailureCode.CONFLICT, "the document was changed by another request in the meantime");
  }

  private static Optional<SoundFormat> format(StoredDocument stored) {
    return Json.text(stored.document().body(), MediaGuard.UPLOADED)
        .flatMap(SoundFormat::ofExtension);
  }

  private void remove(AccountId account, String id, SoundFormat format) {
    if (files.removeMedia(account, id, format) instanceof RemovedFile.Unreachable(String why)) {
      LOG.warn("account {}: the file of the media document {} remains: {}", account, id, why);
    }
  }
}
