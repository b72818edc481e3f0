package dev.callflow.api.file;

import dev.callflow.api.access.Scope;
import dev.callflow.api.answer.Answer;
import dev.callflow.api.history.HistoryResource;
import dev.callflow.api.route.ApiCall;
import dev.callflow.api.route.ApiOperation;
import dev.callflow.core.file.AccountFiles;
import dev.callflow.core.file.FoundFile;
import dev.callflow.core.file.RemovedFile;
import dev.callflow.core.record.AccountRecord;
import dev.callflow.core.record.RecordKind;
import dev.callflow.core.record.RecordStore;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * The recordings of an account, with their files (docs/spec/api.md#files). The history says which
 * there are and to which account they belong.
 */
public final class RecordingResource {

  private static final String ID = "id";

  private final RecordStore records;
  private final HistoryResource history;
  private final AccountFiles files;
  private final Downloads downloads;

  /**
   * Creates the resource.
   *
   * @param records the store in which a host keeps the history
   * @param history lists the recordings
   * @param files the files
   * @param downloads answers with files
   */
  public RecordingResource(
      RecordStore records, HistoryResource history, AccountFiles files, Downloads downloads) {
    this.records = records;
    this.history = history;
    this.files = files;
    this.downloads = downloads;
  }

  /**
   * Returns the operations.
   *
   * @return the operations
   */
  public List<ApiOperation> operations() {
    String all = "/v2/accounts/{account}/recordings";
    String one = all + "/{id}";
    return List.of(
        ApiOperation.of("GET", all, Scope.READ, this::list),
        ApiOperation.of("GET", one, Scope.READ, call -> with(call, this::show)),
        ApiOperation.of("DELETE", one, Scope.DOCUMENTS, call -> with(call, this::remove)),
        ApiOperation.of("GET", one + "/raw", Scope.READ, call -> with(call, this::download)));
  }

  private Answer list(ApiCall call) {
    return files.problem().map(Downloads::unreachable).orElseGet(() -> history.recordings(call));
  }

  private Answer with(ApiCall call, BiFunction<ApiCall, AccountRecord, Answer> answer) {
    String id = call.value(ID);
    return records
        .find(Optional.of(call.account()), RecordKind.RECORDING, id)
        .map(record -> answer.apply(call, record))
        .orElseGet(() -> Answer.notFound(id));
  }

  /** Shows a recording. Kazoo's clients ask for its file with the header {@code Accept}. */
  private Answer show(ApiCall call, AccountRecord record) {
    return call.request().header("Accept").filter(it -> it.startsWith("audio/")).isPresent()
        ? download(call, record)
        : Answer.ok(HistoryResource.shown(record));
  }

  private Answer download(ApiCall call, AccountRecord record) {
    FoundFile found =
        hasEnded(record)
            ? files.recording(path(record))
            : new FoundFile.Unreachable("the recording has not ended");
    return downloads.answer(call.account(), record.id(), found, call.request());
  }

  private Answer remove(ApiCall call, AccountRecord record) {
    if (!hasEnded(record)) {
      return Downloads.unreachable("the recording has not ended");
    }
    return switch (files.removeRecording(path(record))) {
      case RemovedFile.Unreachable(String why) -> Downloads.unreachable(why);
      case RemovedFile.Removed removed -> {
        records.remove(record.account(), RecordKind.RECORDING, record.id());
        yield Answer.ok(HistoryResource.shown(record));
      }
    };
  }

  private static boolean hasEnded(AccountRecord record) {
    return record.body().has("ended");
  }

  private static String path(AccountRecord record) {
    return record.body().path("path").asString("");
  }
}
