package dev.callflow.api.conference;

import dev.callflow.api.document.Kind;
import dev.callflow.conference.Conferences;
import dev.callflow.conference.RoomView;
import dev.callflow.conference.mixer.RoomId;
import dev.callflow.conference.schema.ConferenceSchemas;
import dev.callflow.core.document.AccountId;
import dev.callflow.core.time.TimeSource;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** Conference documents, with the live state of their conferences. */
public final class ConferenceKind implements Kind {

  private final Conferences conferences;
  private final ConferenceJson json;

  /**
   * Creates the kind.
   *
   * @param conferences the conferences whose live state is added
   * @param time the time source
   */
  public ConferenceKind(Conferences conferences, TimeSource time) {
    this.conferences = conferences;
    json = new ConferenceJson(conferences, time);
  }

  @Override
  public ObjectNode complete(ObjectNode body) {
    return ConferenceSchemas.complete(body);
  }

  @Override
  public Findings check(String id, ObjectNode body) {
    return new Findings(
            ConferenceSchemas.violationsOfConference(body),
            ConferenceSchemas.warningsOfConference(body))
        .and(Findings.of(ConferenceSchemas.checkMedia(body, conferences.media())));
  }

  @Override
  public List<String> listed() {
    return List.of(
        "name", "owner_id", "member", "moderator", "ui_flags", "conference_numbers", "flags");
  }

  /** Asks only the conferences of the list, however many others are running. */
  @Override
  public Rows rows(AccountId account) {
    return (id, row) -> {
      Optional<RoomView> view = conferences.view(new RoomId(account, id));
      ObjectNode now = view.map(json::summary).orElseGet(ConferenceJson::idle);
      for (String key : List.of("members", "admins", "duration", "is_locked")) {
        row.set(key, now.path(key));
      }
      row.set("_read_only", now);
      return view.isPresent();
    };
  }

  @Override
  public Optional<Running> running(AccountId account) {
    long version = conferences.version();
    return Optional.of(
        new Running(
            conferences.running(account).stream().map(it -> it.id().conference()).toList(),
            // Without member and moderator, which contain PINs.
            List.of("name", "owner_id", "ui_flags", "conference_numbers", "flags"),
            version));
  }

  @Override
  public boolean addLive(AccountId account, String id, ObjectNode document) {
    Optional<RoomView> view = conferences.view(new RoomId(account, id));
    ObjectNode now = view.map(json::summary).orElseGet(ConferenceJson::idle);
    now.set("participants", view.map(json::participants).orElseGet(ConferenceJson::noParticipants));
    document.set("_read_only", now);
    view.map(RoomView::metadata)
        .filter(variables -> !variables.isEmpty())
        .ifPresent(variables -> {
          ObjectNode metadata = document.putObject("metadata");
          variables.forEach(metadata::put);
        });
    return view.isPresent();
  }
}
