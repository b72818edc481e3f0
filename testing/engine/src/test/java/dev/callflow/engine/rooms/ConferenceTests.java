package dev.callflow.engine.rooms;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.conference.Conference;
import dev.callflow.conference.Conferences;
import dev.callflow.conference.RoomView;
import dev.callflow.conference.action.ActionResult;
import dev.callflow.conference.action.ActionResult.Reason;
import dev.callflow.conference.action.ConferenceAction;
import dev.callflow.conference.action.DialRequest;
import dev.callflow.conference.action.Endpoint;
import dev.callflow.conference.event.ConferenceEvent;
import dev.callflow.conference.event.EventStream;
import dev.callflow.conference.mixer.Member;
import dev.callflow.conference.mixer.MixerCommand;
import dev.callflow.conference.mixer.MixerEvent;
import dev.callflow.conference.mixer.MixerReply;
import dev.callflow.conference.observe.MixerLoss;
import dev.callflow.conference.observe.RepairCause;
import dev.callflow.core.call.CallId;
import dev.callflow.core.document.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ConferenceTests {

  private static final ActionResult DONE = new ActionResult.Done(List.of());

  private final LiveRooms rooms = new LiveRooms();

  private Member member(String call) {
    return rooms.red().view().orElseThrow().participants().stream()
        .filter(member -> member.call().equals(new CallId(call)))
        .findFirst()
        .orElseThrow();
  }

  private void aliceAndBobAreIn() throws InterruptedException {
    rooms.call("alice");
    rooms.call("bob");
    rooms.sleep(Duration.ofSeconds(1));
  }

  // ---- Results

  @Test
  void anActionIsDoneWhenItsEventArrives() throws Exception {
    rooms.run(() -> {
      aliceAndBobAreIn();
      assertThat(rooms.red().perform(new ConferenceAction.Mute("alice", true))).isEqualTo(DONE);
      assertThat(member("alice").muted()).isTrue();
    });
  }

  @Test
  void aSeatIsFreeWhenItsLegHasLeftEvenBeforeTheMixersEvent() throws Exception {
    rooms.run(() -> {
      aliceAndBobAreIn();
      assertThat(rooms.red().perform(new ConferenceAction.SetMaxParticipants(OptionalInt.of(2))))
          .isEqualTo(DONE);
      rooms.link.passes = event -> !(event instanceof MixerEvent.Removed);
      rooms.hangUp("alice");
      rooms.sleep(Duration.ofMillis(10));
      rooms.call("carol");
      rooms.sleep(Duration.ofSeconds(1));
      assertThat(member("carol").moderator()).isFalse();
    });
  }

  @Test
  void anActionWhoseEventIsLostIsDoneWhenTheSnapshotShowsIt() throws Exception {
    rooms.run(() -> {
      aliceAndBobAreIn();
      rooms.link.passes = event -> !(event instanceof MixerEvent.Changed);
      assertThat(rooms.red().perform(new ConferenceAction.Mute("alice", true))).isEqualTo(DONE);
      assertThat(member("alice").muted()).isTrue();
      rooms.sleep(Duration.ofMillis(1));
      assertThat(rooms.events.getLast())
          .isInstanceOfSatisfying(
              ConferenceEvent.Repaired.class,
              repaired -> {
                assertThat(repaired.cause()).isEqualTo(RepairCause.MISSED_FLAG);
                assertThat(repaired.missed()).containsInstanceOf(ConferenceEvent.MemberMuted.class);
              });
    });
  }

  @Test
  void anActionWhoseReplyIsLostIsDoneIfItTookEffect() throws Exception {
    rooms.run(() -> {
      aliceAndBobAreIn();
      rooms.link.replies = reply -> new MixerReply.Unknown("no answer");
      assertThat(rooms.red().perform(new ConferenceAction.Kick("bob", false))).isEqualTo(DONE);
    });
  }

  @Test
  void anActionWithoutEventOrSnapshotIsUnknown() throws Exception {
    rooms.run(() -> {
      aliceAndBobAreIn();
      rooms.link.passes = event -> false;
      rooms.link.shows = false;
      assertThat(rooms.red().perform(new ConferenceAction.Lock(true)))
          .isInstanceOf(ActionResult.Unknown.class);
    });
  }

  @Test
  void endKicksEachMemberOnce() throws Exception {
    rooms.run(() -> {
      aliceAndBobAreIn();
      assertThat(rooms.red().perform(new ConferenceAction.End())).isEqualTo(DONE);
      assertThat(rooms.link.sent)
          .containsExactlyInAnyOrder(
              new MixerCommand.Kick(new CallId("alice")), new MixerCommand.Kick(new CallId("bob")));
      assertThat(rooms.red().view().filter(RoomView::running)).isEmpty();
    });
  }

  @Test
  void bulkActionsStopAtAMixerThatDoesNotAnswer() throws Exception {
    rooms.run(() -> {
      aliceAndBobAreIn();
      rooms.link.replies = reply -> new MixerReply.Unknown("no answer");
      rooms.link.passes = event -> false;
      rooms.link.shows = false;
      assertThat(rooms.red().perform(new ConferenceAction.MuteAll(true)))
          .isInstanceOf(ActionResult.Unknown.class);
      assertThat(rooms.link.sent).hasSize(1);
    });
  }

  @Test
  void aRecordingThatCannotBeOpenedIsRefused() throws Exception {
    rooms.run(() -> {
      aliceAndBobAreIn();
      rooms.link.passes =
          event -> {
            if (event
                instanceof MixerEvent.RecordingStarted(var room, var instance, var path, var ok)) {
              rooms.link.publish(new MixerEvent.RecordingStarted(room, instance, path, true));
              return false;
            }
            return true;
          };
      assertThat(rooms.red().perform(new ConferenceAction.Record(true)))
          .isEqualTo(
              new ActionResult.Refused(Reason.BY_MIXER, "", "", "the mixer reported a failure"));
    });
  }

  @Test
  void aFinishedRecordingIsPublishedWithItsFile() throws Exception {
    rooms.run(() -> {
      aliceAndBobAreIn();
      assertThat(rooms.red().perform(new ConferenceAction.Record(true))).isEqualTo(DONE);
      assertThat(rooms.red().perform(new ConferenceAction.Record(true))).isEqualTo(DONE);
      rooms.sleep(Duration.ofSeconds(5));
      assertThat(rooms.red().perform(new ConferenceAction.Record(false))).isEqualTo(DONE);
      rooms.sleep(Duration.ofMillis(1));
      assertThat(rooms.events.getLast())
          .isInstanceOfSatisfying(
              ConferenceEvent.RecordingStopped.class,
              stopped -> {
                assertThat(stopped.path()).startsWith("/recordings/red_");
                assertThat(stopped.duration()).isEqualTo(Duration.ofSeconds(5));
              });
    });
  }

  // ---- Idempotency

  @Test
  void aRequestRepeatedWithItsKeyIsPerformedOnce() throws Exception {
    rooms.run(() -> {
      aliceAndBobAreIn();
      ConferenceAction action = new ConferenceAction.Play("https://a.example/x.wav");
      assertThat(rooms.red().perform(action, "k1")).isEqualTo(DONE);
      assertThat(rooms.red().perform(action, "k1")).isEqualTo(DONE);
      assertThat(performed()).hasSize(1);
      assertThat(rooms.red().perform(action, "k2")).isEqualTo(DONE);
      assertThat(performed()).hasSize(2);
      assertThat(rooms.red().perform(new ConferenceAction.Lock(true), "k1"))
          .isEqualTo(
              new ActionResult.Refused(
                  Reason.INVALID,
                  "idempotency_key",
                  "unique",
                  "was already used for another action"));
    });
  }

  @Test
  void concurrentRepetitionsWaitForTheFirstRequest() throws Exception {
    rooms.run(() -> {
      aliceAndBobAreIn();
      rooms.link.passes = event -> !(event instanceof MixerEvent.Locked);
      List<ActionResult> results = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        rooms.time.start(
            "again", () -> results.add(rooms.red().perform(new ConferenceAction.Lock(true), "k")));
      }
      rooms.sleep(Duration.ofSeconds(10));
      assertThat(results).containsExactly(DONE, DONE, DONE);
      assertThat(performed()).containsExactly(new MixerCommand.Lock(true));
    });
  }

  @Test
  void aKeyIsForgottenAfterTenMinutesAndAfterAnUnknownResult() throws Exception {
    rooms.run(() -> {
      aliceAndBobAreIn();
      ConferenceAction play = new ConferenceAction.Play("https://a.example/x.wav");
      rooms.link.replies = reply -> new MixerReply.Unknown("no answer");
      assertThat(rooms.red().perform(play, "k")).isInstanceOf(ActionResult.Unknown.class);
      rooms.link.replies = reply -> reply;
      assertThat(rooms.red().perform(play, "k")).isEqualTo(DONE);
      rooms.sleep(Duration.ofMinutes(11));
      assertThat(rooms.red().perform(play, "k")).isEqualTo(DONE);
      assertThat(performed()).hasSize(3);
    });
  }

  /** Returns the commands that were sent, except those that store a result in the room. */
  private List<Object> performed() {
    return rooms.link.sent.stream()
        .filter(command -> !(command instanceof MixerCommand.SetVariables))
        .toList();
  }

  // ---- Bad input

  @Test
  void badInputIsRefusedWithItsFieldAndNothingIsSent() throws Exception {
    DialRequest bob = DialRequest.to(List.of(new Endpoint.Sip("sip:bob@example.com")));
    Map<ConferenceAction, String> bad = new LinkedHashMap<>();
    bad.put(new ConferenceAction.Mute("nobody", true), "nobody");
    bad.put(new ConferenceAction.Kick("99", false), "99");
    bad.put(new ConferenceAction.Relate("alice", "alice", MixerCommand.Relation.MUTE), "alice");
    bad.put(new ConferenceAction.Play("shell_stream://rm"), "media_id");
    bad.put(new ConferenceAction.Play("http://192.168.0.1/x"), "media_id");
    bad.put(new ConferenceAction.PlayTo("alice", "/a/../b"), "media_id");
    bad.put(new ConferenceAction.Energy("alice", -1), "level");
    bad.put(new ConferenceAction.TalkVolume("alice", 5), "level");
    bad.put(new ConferenceAction.ListenVolume("alice", -5), "level");
    bad.put(new ConferenceAction.SetMaxParticipants(OptionalInt.of(-1)), "max_participants");
    bad.put(
        new ConferenceAction.SetVariables(Map.of("a\nb", "c"), false),
        "custom_conference_vars.a?b");
    bad.put(
        new ConferenceAction.SetVariables(Map.of("a", "b'c"), false), "custom_conference_vars.a");
    bad.put(new ConferenceAction.Ban("1\n2"), "caller_id_number");
    bad.put(new ConferenceAction.Move("alice", "nosuch"), "nosuch");
    bad.put(new ConferenceAction.CancelDial("nosuch"), "nosuch");
    bad.put(new ConferenceAction.Dial(DialRequest.to(List.of())), "endpoints");
    bad.put(
        new ConferenceAction.Dial(
            DialRequest.to(List.of(new Endpoint.Sip("sip:a@b{c}"), new Endpoint.Number("1")))),
        "endpoints.1");
    bad.put(new ConferenceAction.Dial(named(bob, "N".repeat(65))), "caller_id_name");
    rooms.run(() -> {
      aliceAndBobAreIn();
      bad.forEach((action, field) -> {
        ActionResult result = rooms.red().perform(action);
        assertThat(result).as("%s", action).isInstanceOf(ActionResult.Refused.class);
        assertThat(((ActionResult.Refused) result).field()).as("%s", action).isEqualTo(field);
      });
      ActionResult unknown =
          rooms
              .conferences
              .conference(LiveRooms.ACME, "nosuch")
              .perform(new ConferenceAction.Lock(true));
      assertThat(((ActionResult.Refused) unknown).reason()).isEqualTo(Reason.UNKNOWN_CONFERENCE);
      assertThat(rooms.link.sent).isEmpty();
    });
  }

  private static DialRequest named(DialRequest of, String name) {
    return new DialRequest(
        of.endpoints(),
        name,
        "",
        Set.of(),
        of.timeout(),
        Map.of(),
        Optional.empty(),
        Optional.empty(),
        "",
        Json.object());
  }

  // ---- Events

  private List<ConferenceEvent> drained(EventStream stream) throws InterruptedException {
    List<ConferenceEvent> all = new ArrayList<>();
    Optional<EventStream.Item> item = stream.next(Duration.ZERO);
    while (item.isPresent()) {
      if (item.get() instanceof EventStream.Item.Happened(ConferenceEvent event)) {
        all.add(event);
      }
      item = stream.next(Duration.ZERO);
    }
    return all;
  }

  @Test
  void aStreamFromAViewsVersionHasNoGapAndNoRepetition() throws Exception {
    rooms.run(() -> {
      rooms.call("alice");
      rooms.sleep(Duration.ofSeconds(1));
      RoomView view = rooms.red().view().orElseThrow();
      rooms.call("bob");
      rooms.sleep(Duration.ofSeconds(1));
      try (EventStream stream = rooms.red().events(view.version(), 100)) {
        rooms.red().perform(new ConferenceAction.Mute("bob", true));
        rooms.hangUp("bob");
        rooms.sleep(Duration.ofSeconds(1));
        List<ConferenceEvent> events = drained(stream);
        assertThat(events)
            .extracting(ConferenceEvent::name)
            .containsExactly("add-member", "mute-member", "del-member");
        assertThat(events.getFirst().version()).isGreaterThan(view.version());
        assertThat(events).extracting(ConferenceEvent::sequence).containsExactly(3L, 4L, 5L);
        try (EventStream again = rooms.red().events(events.get(1).version(), 100)) {
          assertThat(drained(again)).containsExactly(events.get(2));
        }
      }
    });
  }

  @Test
  void aSlowReaderLearnsHowManyEventsItMissed() throws Exception {
    rooms.run(() -> {
      aliceAndBobAreIn();
      try (EventStream stream = rooms.red().events(rooms.red().view().orElseThrow().version(), 2)) {
        for (int i = 0; i < 5; i++) {
          rooms.red().perform(new ConferenceAction.Mute("bob", i % 2 == 0));
        }
        assertThat(stream.next(Duration.ZERO)).contains(new EventStream.Item.Missed(3));
        assertThat(drained(stream)).hasSize(2);
      }
    });
  }

  @Test
  void aReaderOfForgottenEventsLearnsThatItMissedSome() throws Exception {
    rooms.run(() -> {
      aliceAndBobAreIn();
      for (int i = 0; i < 600; i++) {
        rooms.red().perform(new ConferenceAction.Mute("bob", i % 2 == 0));
      }
      try (EventStream stream = rooms.red().events(0, 1000)) {
        assertThat(stream.next(Duration.ZERO)).contains(new EventStream.Item.Missed(0));
        assertThat(drained(stream)).hasSize(512);
      }
    });
  }

  @Test
  void versionsRiseAcrossRoomInstancesAndTheEndCanBeReadLater() throws Exception {
    rooms.run(() -> {
      rooms.call("alice");
      rooms.sleep(Duration.ofSeconds(1));
      long version = rooms.red().view().orElseThrow().version();
      rooms.hangUp("alice");
      rooms.sleep(Duration.ofSeconds(1));
      assertThat(rooms.red().view()).isEmpty();
      try (EventStream stream = rooms.red().events(version, 100)) {
        assertThat(drained(stream))
            .extracting(ConferenceEvent::name)
            .containsExactly("del-member", "conference-destroy");
      }
      rooms.call("bob");
      rooms.sleep(Duration.ofSeconds(1));
      assertThat(rooms.red().view().orElseThrow().version()).isGreaterThan(version);
    });
  }

  // ---- Consistency with the mixer

  @Test
  void aNewProcessAdoptsTheRunningRooms() throws Exception {
    rooms.run(() -> {
      aliceAndBobAreIn();
      rooms.red().perform(new ConferenceAction.SetVariables(Map.of("topic", "Budget"), false));
      rooms.sleep(Duration.ofMinutes(5));
      ScriptedLink line = new ScriptedLink(rooms.ports.mixer());
      Conferences later = Conferences.builder(rooms.store, line, rooms.time).build();
      Conference red = later.conference(LiveRooms.ACME, "red");
      assertThat(red.view()).isEmpty();
      line.publish(new MixerEvent.LinkRestored());
      rooms.sleep(Duration.ofSeconds(1));
      assertThat(later.running(LiveRooms.ACME)).hasSize(1);
      assertThat(red.view().orElseThrow().participants())
          .extracting(it -> it.call().value())
          .containsExactly("alice", "bob");
      assertThat(red.view().orElseThrow().metadata()).containsEntry("topic", "Budget");
      assertThat(red.view().orElseThrow().duration()).isGreaterThan(Duration.ofMinutes(5));
      assertThat(red.perform(new ConferenceAction.Mute("bob", true))).isEqualTo(DONE);
    });
  }

  @Test
  void aRoomWithoutEventsIsLookedUpBeforeItIsForgotten() throws Exception {
    rooms.run(() -> {
      rooms.link.passes = event -> false;
      rooms.call("alice");
      rooms.sleep(Duration.ofSeconds(1));
      rooms.stranger("eve");
      rooms.hangUp("alice");
      rooms.sleep(Duration.ofSeconds(2));
      assertThat(rooms.red().view().orElseThrow().participants())
          .extracting(it -> it.call().value())
          .containsExactly("eve");
    });
  }

  @Test
  void whileTheMixerCannotBeReachedTheStateOfItsRoomsIsUnknown() throws Exception {
    rooms.run(() -> {
      aliceAndBobAreIn();
      Instant lost = rooms.time.now();
      rooms.link.publish(new MixerEvent.LinkLost());
      rooms.sleep(Duration.ofSeconds(59));
      assertThat(rooms.red().view().orElseThrow().unknownSince()).contains(lost);
      assertThat(rooms.red().perform(new ConferenceAction.Mute("alice", true)))
          .isEqualTo(
              new ActionResult.Unknown(
                  "the switch of the conference cannot be reached since " + lost));
      assertThat(rooms.link.sent).isEmpty();
      rooms.link.publish(new MixerEvent.LinkRestored());
      rooms.sleep(Duration.ofMinutes(2));
      assertThat(rooms.red().view().orElseThrow().unknownSince()).isEmpty();
      assertThat(rooms.red().perform(new ConferenceAction.Mute("alice", true))).isEqualTo(DONE);
      assertThat(rooms.events)
          .filteredOn(ConferenceEvent.StateChanged.class::isInstance)
          .extracting(event -> ((ConferenceEvent.StateChanged) event).known())
          .containsExactly(false, true);
      assertThat(rooms.eventNames()).doesNotContain("conference-destroy", "conference-repaired");
    });
  }

  @Test
  void aRoomEndsIfItsMixerCannotBeReachedForAMinute() throws Exception {
    rooms.run(() -> {
      aliceAndBobAreIn();
      rooms.events.clear();
      rooms.link.publish(new MixerEvent.LinkLost());
      rooms.sleep(Duration.ofSeconds(61));
      assertThat(rooms.red().view()).isEmpty();
      assertThat(rooms.eventNames())
          .containsExactly("conference-state", "del-member", "del-member", "conference-destroy");
      assertThat(((ConferenceEvent.Ended) rooms.events.getLast()).loss())
          .contains(MixerLoss.MIXER_LOST);
    });
  }

  @Test
  void aRoomThatIsStillThereAfterItWasGivenUpIsAdopted() throws Exception {
    rooms.run(() -> {
      aliceAndBobAreIn();
      rooms.link.publish(new MixerEvent.LinkLost());
      rooms.sleep(Duration.ofSeconds(61));
      rooms.link.publish(new MixerEvent.LinkRestored());
      rooms.sleep(Duration.ofSeconds(1));
      assertThat(rooms.red().view().orElseThrow().participants())
          .extracting(it -> it.call().value())
          .containsExactly("alice", "bob");
      assertThat(rooms.red().perform(new ConferenceAction.Mute("alice", true))).isEqualTo(DONE);
    });
  }

  @Test
  void aRestartedMixerEndsItsRoomsWithThatReason() throws Exception {
    rooms.run(() -> {
      aliceAndBobAreIn();
      rooms.link.passes = event -> false;
      rooms.hangUp("alice");
      rooms.hangUp("bob");
      rooms.link.publish(new MixerEvent.Restarted());
      rooms.sleep(Duration.ofSeconds(1));
      assertThat(rooms.eventNames())
          .containsSubsequence("del-member", "del-member", "conference-destroy");
      assertThat(((ConferenceEvent.Ended) rooms.events.getLast()).loss())
          .contains(MixerLoss.MIXER_RESTARTED);
      assertThat(rooms.red().view()).isEmpty();
    });
  }

  @Test
  void anOldInstanceOfARoomEndsWhileTheNewOneRuns() throws Exception {
    rooms.run(() -> {
      rooms.call("alice");
      rooms.sleep(Duration.ofSeconds(1));
      RoomView old = rooms.red().view().orElseThrow();
      Member alice = old.participants().getFirst();
      Member bob = alice.with(Member.Flag.MUTED, true);
      rooms.link.shows = false;
      rooms.link.publish(new MixerEvent.Created(old.room(), "new"));
      rooms.link.publish(new MixerEvent.Added(old.room(), "new", bob));
      rooms.link.publish(new MixerEvent.Removed(old.room(), old.instance(), alice));
      rooms.link.publish(new MixerEvent.Destroyed(old.room(), old.instance()));
      rooms.link.publish(new MixerEvent.Added(old.room(), old.instance(), alice));
      rooms.sleep(Duration.ofSeconds(1));
      RoomView now = rooms.red().view().orElseThrow();
      assertThat(now.instance()).isEqualTo("new");
      assertThat(now.participants()).containsExactly(bob);
      assertThat(rooms.eventNames())
          .containsExactly(
              "conference-create",
              "add-member",
              "conference-create",
              "add-member",
              "del-member",
              "conference-destroy");
    });
  }
}
