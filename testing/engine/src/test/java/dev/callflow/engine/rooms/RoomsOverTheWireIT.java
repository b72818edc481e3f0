package dev.callflow.engine.rooms;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.conference.Conference;
import dev.callflow.conference.Conferences;
import dev.callflow.conference.action.ActionResult;
import dev.callflow.conference.action.ConferenceAction;
import dev.callflow.conference.action.DialRequest;
import dev.callflow.conference.action.DialledEndpoint;
import dev.callflow.conference.action.Endpoint;
import dev.callflow.conference.event.ConferenceEvent;
import dev.callflow.conference.event.EventStream;
import dev.callflow.conference.mixer.Member;
import dev.callflow.conference.observe.RepairCause;
import dev.callflow.core.CallflowEngine;
import dev.callflow.core.call.HangupCause;
import dev.callflow.core.time.TimeSource;
import dev.callflow.engine.wire.PatientOptions;
import dev.callflow.freeswitch.FreeSwitch;
import dev.callflow.simulator.model.FarEnd;
import dev.callflow.simulator.model.SwitchEvent;
import dev.callflow.simulator.wire.SimulatedCaller;
import dev.callflow.simulator.wire.SimulatedFreeSwitch;
import dev.callflow.waiting.Eventually;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Live rooms over the event socket of a simulated FreeSWITCH, in real time. */
class RoomsOverTheWireIT {

  private static final InetSocketAddress ANY = new InetSocketAddress("127.0.0.1", 0);
  private static final ActionResult DONE = new ActionResult.Done(List.of());
  private final LiveRooms documents = new LiveRooms();
  private SimulatedFreeSwitch simulated;
  private FreeSwitch freeSwitch;
  private Conferences conferences;

  @BeforeEach
  void start() throws Exception {
    simulated = SimulatedFreeSwitch.builder().esl(ANY).mediaScale(0.01).start();
    freeSwitch =
        new FreeSwitch(PatientOptions.of(simulated, "ClueCon").build(), TimeSource.system());
    conferences =
        Conferences.builder(documents.store, freeSwitch.mixer(), TimeSource.system()).build();
    freeSwitch.start(
        CallflowEngine.builder(documents.store, TimeSource.system())
            .modules(conferences.modules())
            .defaultAccount(LiveRooms.ACME)
            .build());
    simulated.handCallsTo(freeSwitch.calls());
    assertThat(freeSwitch.awaitConnected(Eventually.LIMIT)).isTrue();
  }

  @AfterEach
  void stop() {
    freeSwitch.close();
    simulated.close();
  }

  private Conference red() {
    return conferences.conference(LiveRooms.ACME, "red");
  }

  /** Waits for an event. The event must not happen before the stream is opened, or it is missed. */
  private static <E extends ConferenceEvent> E next(EventStream events, Class<E> kind)
      throws Exception {
    while (true) {
      if (events.next(Eventually.LIMIT).orElseThrow()
              instanceof EventStream.Item.Happened(ConferenceEvent event)
          && kind.isInstance(event)) {
        return kind.cast(event);
      }
    }
  }

  private Member aliceIsIn() throws Exception {
    try (EventStream events = red().events(0, 100)) {
      simulated.call("1001", "Alice", "5000");
      next(events, ConferenceEvent.MemberJoined.class);
    }
    return red().view().orElseThrow().participants().getFirst();
  }

  @Test
  void actionsAreDoneWhenTheirEventsArrive() throws Exception {
    String alice = aliceIsIn().call().value();
    for (ConferenceAction action :
        List.of(
            new ConferenceAction.Mute(alice, true),
            new ConferenceAction.Deaf(alice, true),
            new ConferenceAction.Energy(alice, 300),
            new ConferenceAction.TalkVolume(alice, -2),
            new ConferenceAction.ListenVolume(alice, 3),
            new ConferenceAction.Lock(true),
            new ConferenceAction.Record(true),
            new ConferenceAction.Record(false),
            new ConferenceAction.SetVariables(Map.of("topic", "Budget 2027"), false),
            new ConferenceAction.Play("tone_stream://%(100,0,440)"))) {
      assertThat(red().perform(action)).as("%s", action).isEqualTo(DONE);
    }
    Member member = red().view().orElseThrow().participants().getFirst();
    assertThat(member.muted()).isTrue();
    assertThat(member.talkVolume()).isEqualTo(-2);
    assertThat(red().perform(new ConferenceAction.End())).isEqualTo(DONE);
  }

  @Test
  void anExitToneIsNoEvent() throws Exception {
    List<String> heard = new CopyOnWriteArrayList<>();
    simulated.model().listen(SwitchEvent.RoomPlayQueued.class, sound -> heard.add(sound.file()));
    aliceIsIn();
    try (EventStream events = red().events(red().view().orElseThrow().version(), 100)) {
      SimulatedCaller bob = simulated.call("1002", "Bob", "5000");
      next(events, ConferenceEvent.MemberJoined.class);
      bob.hangUp();
      Eventually.holds(
          "the exit tone", () -> heard.stream().anyMatch(it -> it.contains("523,440")));
      String marker = "tone_stream://%(100,0,1)";
      assertThat(red().perform(new ConferenceAction.Play(marker))).isEqualTo(DONE);

      assertThat(next(events, ConferenceEvent.MediaStarted.class).media()).isEqualTo(marker);
    }
  }

  @Test
  void aDialReportsTheResultOfEachEndpoint() throws Exception {
    aliceIsIn();
    simulated.callee("sip:bob@example.com", new FarEnd.Answers(Duration.ofMillis(50)));
    simulated.callee("sip:busy@example.com", new FarEnd.Refuses(HangupCause.USER_BUSY));
    ActionResult result =
        red()
            .perform(
                new ConferenceAction.Dial(
                    DialRequest.to(
                        List.of(
                            new Endpoint.Sip("sip:busy@example.com"),
                            new Endpoint.Sip("sip:bob@example.com"),
                            new Endpoint.Number("5999")))));
    List<DialledEndpoint> rows = ((ActionResult.Done) result).dialled();
    assertThat(rows).extracting(DialledEndpoint::joined).containsExactly(false, true, false);
    assertThat(rows.getFirst().message()).isEqualTo("USER_BUSY");
    assertThat(rows.getLast().message()).isEqualTo("UNALLOCATED_NUMBER");
    assertThat(red().view().orElseThrow().participants()).hasSize(2);
    try (EventStream events = red().events(red().view().orElseThrow().version(), 100)) {
      assertThat(red().perform(new ConferenceAction.Kick(rows.get(1).callId(), false)))
          .isEqualTo(DONE);
      next(events, ConferenceEvent.MemberLeft.class);
    }
  }

  @Test
  void aLaterProcessAdoptsARoomAtItsFirstEvent() throws Exception {
    Member alice = aliceIsIn();
    try (EventStream events = red().events(red().view().orElseThrow().version(), 100)) {
      simulated
          .model()
          .rooms()
          .mute(simulated.rooms().getFirst().name(), alice.call().value(), true);
      next(events, ConferenceEvent.MemberMuted.class);
    }
    Conferences later =
        Conferences.builder(documents.store, freeSwitch.mixer(), TimeSource.system()).build();
    assertThat(later.view(red().id())).isEmpty();
    try (EventStream events = later.events(red().id(), 0, 100)) {
      // A command from the first process causes an event by which the second discovers the room.
      assertThat(red().perform(new ConferenceAction.Lock(true))).isEqualTo(DONE);
      assertThat(next(events, ConferenceEvent.Repaired.class).cause())
          .isEqualTo(RepairCause.MISSED_JOIN);
    }
  }
}
