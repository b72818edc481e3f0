package dev.callflow.host.history;

import dev.callflow.conference.Conferences;
import dev.callflow.conference.RoomView;
import dev.callflow.conference.event.ConferenceEvent;
import dev.callflow.conference.mixer.Member;
import dev.callflow.conference.mixer.RoomId;
import dev.callflow.conference.observe.ConferenceOutcome;
import dev.callflow.conference.observe.MixerLoss;
import dev.callflow.core.document.Document;
import dev.callflow.core.document.DocumentStore;
import dev.callflow.core.document.DocumentType;
import dev.callflow.core.document.Json;
import dev.callflow.core.record.AccountRecord;
import dev.callflow.core.record.GregorianTime;
import dev.callflow.core.record.RecordKind;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/**
 * Records the runs of conferences from their events. A run's id is the mixer's id of the room's
 * instance, so a host that takes a room over continues the record of the earlier host.
 *
 * <p>Used by the history's thread only. Every method can be repeated after a failure of the store.
 */
final class Runs {

  /**
   * The maximum number of runs that are remembered. One that is forgotten is found in the store
   * when its next event arrives.
   */
  private static final int MAX_RUNS = 10_000;

  private final Conferences conferences;
  private final DocumentStore documents;
  private final Unwritten records;
  private final Participants participants;
  private final RecordedFiles recordings;

  private final Map<String, Run> runs =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Run> eldest) {
          return size() > MAX_RUNS;
        }
      };

  Runs(Conferences conferences, DocumentStore documents, Unwritten records) {
    this.conferences = conferences;
    this.documents = documents;
    this.records = records;
    participants = new Participants(records);
    recordings = new RecordedFiles(records);
  }

  void apply(ConferenceEvent event) {
    switch (event) {
      case ConferenceEvent.Started started -> find(started);
      case ConferenceEvent.Ended ended ->
          end(
              find(ended),
              ended.time(),
              ended.loss().map(MixerLoss::key),
              ConferenceOutcome.ENDED.key());
      case ConferenceEvent.MemberJoined joined ->
          participants.joined(find(joined), joined.participant());
      case ConferenceEvent.MemberLeft left ->
          participants.left(
              find(left),
              left.participant(),
              left.time(),
              left.loss().map(MixerLoss::key).orElseGet(left.how()::key));
      case ConferenceEvent.RoleSet set -> participants.changed(find(set), set.participant());
      case ConferenceEvent.RecordingStarted started -> recordings.started(find(started), started);
      case ConferenceEvent.RecordingStopped stopped -> recordings.stopped(find(stopped), stopped);
      case ConferenceEvent.CallerRefused refused -> records.put(RefusedCallers.record(refused));
      case ConferenceEvent.Repaired repaired -> repaired.missed().ifPresent(this::apply);
      case ConferenceEvent.Locked locked -> {}
      case ConferenceEvent.Unlocked unlocked -> {}
      case ConferenceEvent.TalkingStarted talks -> {}
      case ConferenceEvent.TalkingStopped silent -> {}
      case ConferenceEvent.MemberMuted muted -> {}
      case ConferenceEvent.MemberUnmuted unmuted -> {}
      case ConferenceEvent.MemberDeafened deaf -> {}
      case ConferenceEvent.MemberUndeafened hears -> {}
      case ConferenceEvent.EnergyLevelSet set -> {}
      case ConferenceEvent.TalkVolumeSet set -> {}
      case ConferenceEvent.ListenVolumeSet set -> {}
      case ConferenceEvent.KeysPressed pressed -> {}
      case ConferenceEvent.MemberMoving moving -> {}
      case ConferenceEvent.MediaStarted started -> {}
      case ConferenceEvent.DialProgress dial -> {}
      case ConferenceEvent.MaxParticipantsSet set -> {}
      case ConferenceEvent.NumberBanned banned -> {}
      case ConferenceEvent.NumberUnbanned unbanned -> {}
      case ConferenceEvent.VariablesSet set -> {}
      case ConferenceEvent.WaitingStarted waits -> {}
      case ConferenceEvent.WaitingEnded ended -> {}
      case ConferenceEvent.PinAttack attack -> {}
      case ConferenceEvent.StateChanged changed -> {}
      case ConferenceEvent.AccountLimitUsed used -> {}
    }
  }

  /** Returns the run that an event belongs to, which an earlier process may have recorded. */
  private Run find(ConferenceEvent event) {
    String id = RecordId.of(event.instance());
    Run known = runs.get(id);
    if (known != null) {
      return known;
    }
    RoomId room = event.room();
    Optional<AccountRecord> before =
        records.find(Optional.of(room.account()), RecordKind.CONFERENCE, id);
    boolean isNew = before.isEmpty() && event instanceof ConferenceEvent.Started;
    Optional<RoomView> view = isNew ? Optional.empty() : view(room, event.instance());
    Run run =
        before
            .map(record -> resumed(room, record))
            .orElseGet(() -> begun(room, id, began(event, view)));
    if (view.isPresent()) {
      match(run, view.get(), event.time());
      if (run.isResumed()) {
        participants.endAll(room.account(), id, run.present(), event.time(), Participants.UNKNOWN);
      }
    }
    records.put(run.record());
    records.put(run.seen(event.time()));
    runs.put(id, run);
    return run;
  }

  private Optional<RoomView> view(RoomId room, String instance) {
    return conferences.view(room).filter(view -> view.instance().equals(instance));
  }

  private static Instant began(ConferenceEvent event, Optional<RoomView> view) {
    return view.map(it -> event.time().minus(it.duration())).orElse(event.time());
  }

  private Run begun(RoomId room, String id, Instant began) {
    Optional<Document> document =
        documents.find(room.account(), DocumentType.CONFERENCE, room.conference());
    ObjectNode body = Json.object().put("conference_id", room.conference());
    String name = document.map(it -> it.body().path("name").asString("")).orElse("");
    body.put("name", RecordId.shortened(name.isEmpty() ? room.conference() : name));
    document
        .map(it -> it.body().path("conference_numbers").path(0).asString(""))
        .filter(number -> !number.isEmpty())
        .ifPresent(number -> body.put("number", RecordId.shortened(number)));
    body.put("ad_hoc", document.isEmpty())
        .put("started", GregorianTime.of(began))
        .put("peak_participants", 0)
        .put("total_participants", 0);
    return new Run(room, id, began, body, false);
  }

  private static Run resumed(RoomId room, AccountRecord record) {
    ObjectNode body = record.body().deepCopy();
    // It was given up while the mixer could not be reached, but has been running all the time.
    body.remove("ended");
    body.remove("end_reason");
    return new Run(room, record.id(), record.at(), body, true);
  }

  /** Records what has happened in a room according to its state. */
  private void match(Run run, RoomView view, Instant at) {
    view.participants().forEach(member -> participants.joined(run, member));
    Set<Integer> there =
        view.participants().stream().map(Member::number).collect(Collectors.toUnmodifiableSet());
    Set<Integer> gone =
        run.present().stream()
            .filter(number -> !there.contains(number))
            .collect(Collectors.toUnmodifiableSet());
    if (!gone.isEmpty()) {
      participants.endAll(run.room().account(), run.id(), there, at, Participants.UNKNOWN);
      gone.forEach(run::leave);
    }
  }

  private void end(Run run, Instant at, Optional<String> why, String how) {
    if (run.isResumed() || !run.isEmpty()) {
      participants.endAll(run.room().account(), run.id(), Set.of(), at, how);
    }
    if (run.isResumed() || run.isRecording()) {
      recordings.endAll(
          run.room().account(), RecordId.shortened(run.room().conference()), run.id(), at);
    }
    records.put(run.ended(at, why));
    records.remove(run.room().account(), RecordKind.RUNNING, run.id());
    runs.remove(run.id());
  }

  boolean isRunning(String id) {
    return runs.containsKey(id);
  }

  /** Says in the store which rooms are running, so that no host takes them for abandoned. */
  void seen(Instant at) {
    runs.values().forEach(run -> records.put(run.seen(at)));
  }

  /**
   * Compares what is recorded with the rooms, in case events were lost. Call this when no event
   * waits to be recorded.
   */
  void compare(Instant at) {
    for (Run run : List.copyOf(runs.values())) {
      Optional<RoomView> view =
          conferences.view(run.room()).filter(it -> RecordId.of(it.instance()).equals(run.id()));
      if (view.isPresent()) {
        match(run, view.get(), at);
      } else {
        end(run, at, Optional.of(Participants.UNKNOWN), Participants.UNKNOWN);
      }
    }
  }

  /** Ends all runs, because the host has hung up all calls. */
  void endAll(Instant at) {
    for (Run run : List.copyOf(runs.values())) {
      end(run, at, Optional.empty(), ConferenceOutcome.ENDED.key());
    }
  }
}
