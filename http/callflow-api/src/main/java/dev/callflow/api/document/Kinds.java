package dev.callflow.api.document;

import dev.callflow.core.CallflowCheck;
import dev.callflow.core.call.MediaGuard;
import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.Document;
import dev.callflow.core.document.DocumentType;
import dev.callflow.core.document.Problem;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import tools.jackson.databind.node.ObjectNode;

/** The {@link Kind} of each document type. */
public final class Kinds {

  private final Kind conferences;
  private final Kind callflows;
  private final Kind media;
  private final Kind webhooks;
  private final Kind devices = new Stored((id, body) -> List.of(), List.of(), List.of());

  /** A user document from elsewhere may contain a password. */
  private final Kind users = new Stored((id, body) -> List.of(), List.of(), List.of("password"));

  /**
   * Creates the kinds.
   *
   * @param conferences the {@link Kind} of conference documents
   * @param callflows the check for callflows
   * @param guard decides which media an account may play
   * @param webhooks the {@link Kind} of webhooks
   */
  public Kinds(Kind conferences, CallflowCheck callflows, MediaGuard guard, Kind webhooks) {
    this.conferences = conferences;
    this.webhooks = webhooks;
    this.media = new Stored((id, body) -> guard.check(body), List.of(), List.of());
    this.callflows =
        new Stored(
            (id, body) -> callflows.check(new Document(DocumentType.CALLFLOW, id, body, id)),
            List.of("numbers", "patterns", "featurecode"),
            List.of());
  }

  Kind of(DocumentType type) {
    return switch (type) {
      case CONFERENCE -> conferences;
      case CALLFLOW -> callflows;
      case MEDIA -> media;
      case DEVICE -> devices;
      case USER -> users;
      case WEBHOOK -> webhooks;
    };
  }

  /** The {@link Kind} of the document types that have no live state. */
  private record Stored(
      BiFunction<String, ObjectNode, List<Problem>> check,
      List<String> keys,
      List<String> writeOnly)
      implements Kind {

    private static final List<String> COMMON = List.of("name", "owner_id", "flags", "ui_flags");

    @Override
    public ObjectNode complete(ObjectNode body) {
      return body.deepCopy();
    }

    @Override
    public Findings check(String id, ObjectNode body) {
      return Findings.of(check.apply(id, body));
    }

    @Override
    public List<String> listed() {
      return java.util.stream.Stream.concat(COMMON.stream(), keys.stream()).toList();
    }

    @Override
    public Rows rows(AccountId account) {
      return (id, row) -> false;
    }

    @Override
    public Optional<Running> running(AccountId account) {
      return Optional.empty();
    }

    @Override
    public boolean addLive(AccountId account, String id, ObjectNode document) {
      return false;
    }
  }
}
