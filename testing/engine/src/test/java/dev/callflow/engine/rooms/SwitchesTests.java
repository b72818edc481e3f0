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
import dev.callflow.conference.mixer.DialOrder;
import dev.callflow.conference.mixer.DialTarget;
import dev.callflow.conference.mixer.MixerEvent;
import dev.callflow.conference.mixer.Placement;
import dev.callflow.conference.mixer.RoomOwners;
import dev.callflow.conference.mixer.Switches;
import dev.callflow.conference.observe.ConferenceOutcome;
import dev.callflow.core.CallflowEngine;
import dev.callflow.core.call.CallId;
import dev.callflow.core.call.EndedBy;
import dev.callflow.core.call.HangupCause;
import dev.callflow.core.call.IncomingCall;
import dev.callflow.core.document.Json;
import dev.callflow.simulator.SimulatedSwitch;
import dev.callflow.simulator.model.FarEnd;
import dev.callflow.simulator.model.MediaLibrary;
import dev.callflow.simulator.model.NewChannel;
import dev.callflow.simulator.model.SwitchSettings;
import dev.callflow.testkit.inprocess.FarEnds;
import dev.callflow.testkit.inprocess.InProcessSwitch;
import dev.callflow.testkit.inprocess.Trunks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Two switches, east and west, connected by a line. */
class SwitchesTests {

  private static final ActionResult DONE = new ActionResult.Done(List.of());

  private final LiveRooms documents = new LiveRooms();
  private final SimulatedSwitch east = model(1);
  private final SimulatedSwitch west = model(2);
  private final InProcessSwitch eastPorts = new InProcessSwitch(east, documents.time);
  private final InProcessSwitch westPorts = new InProcessSwitch(west, documents.time);
  private final ScriptedLink eastLink = new ScriptedLink(eastPorts.mixer());
  private final RoomOwners owners = RoomOwners.inProcess();
  private final List<ConferenceEvent> events = new ArrayList<>();
  private final Conferences conferences;
  private final CallflowEngine engine;

  SwitchesTests() {
    Trunks trunks = new Trunks();
    eastPorts.connect(trunks, "east.example.com");
    westPorts.connect(trunks, "west.example.com");
    Switches both =
        new Switches(
            List.of(
                new Switches.Switch("east", "east.example.com", eastLink),
                new Switches.Switch("west", "west.example.com", westPorts.mixer())),
            owners,
            Placement.FIRST_CALLER,
            room -> new Switches.Credentials("bridge", "secret"),
            documents.time);
    conferences = Conferences.builder(documents.store, both, documents.time).build();
    conferences.onEvent(events::add);
    engine =
        CallflowEngine.builder(documents.store, documents.time)
            .modules(conferences.modules())
            .defaultAccount(LiveRooms.ACME)
            .build();
  }

  private SimulatedSwitch model(long seed) {
    return new SimulatedSwitch(
        documents.time, SwitchSettings.seeded(seed, file -> Optional.of(MediaLibrary.ENDLESS)));
  }

  private void call(SimulatedSwitch at, InProcessSwitch ports, String uuid) {
    at.arrive(new NewChannel(uuid, uuid, "", "5000", "", Map.of()));
    engine.take(
        ports.leg(new CallId(uuid)),
        new IncomingCall("5000", uuid, "", Optional.empty(), Map.of()));
  }

  private Conference red() {
    return conferences.conference(LiveRooms.ACME, "red");
  }

  private List<String> participants() {
    return red().view().orElseThrow().participants().stream()
        .map(member -> member.call().value())
        .toList();
  }

  private void bothAreIn() throws InterruptedException {
    call(west, westPorts, "alice");
    documents.sleep(Duration.ofSeconds(1));
    call(east, eastPorts, "bob");
    documents.sleep(Duration.ofSeconds(1));
  }

  @Test
  void aRoomRunsOnTheSwitchOfItsFirstCallerAndOthersAreBridgedToIt() throws Exception {
    documents.run(() -> {
      bothAreIn();
      assertThat(red().view().orElseThrow().focus()).isEqualTo("west");
      assertThat(participants()).containsExactly("alice", "bob");
      assertThat(west.rooms().members(LiveRooms.ROOM)).hasSize(2);
      assertThat(east.rooms().all()).isEmpty();
    });
  }

  @Test
  void aBridgedParticipantIsControlledByTheirOwnCall() throws Exception {
    documents.run(() -> {
      bothAreIn();
      assertThat(red().perform(new ConferenceAction.Mute("bob", true))).isEqualTo(DONE);
      assertThat(west.rooms().members(LiveRooms.ROOM).getLast().muted()).isTrue();
      assertThat(events.getLast().callId()).contains(new CallId("bob"));
      east.press("bob", '*');
      east.press("bob", '3');
      documents.sleep(Duration.ofSeconds(1));
      assertThat(west.rooms().members(LiveRooms.ROOM).getLast().muted()).isFalse();
      assertThat(red().perform(new ConferenceAction.Kick("bob", false))).isEqualTo(DONE);
      documents.sleep(Duration.ofSeconds(1));
      assertThat(east.channels()).isEmpty();
      assertThat(west.channels()).hasSize(1);
    });
  }

  @Test
  void aBridgedParticipantCanHangUpAndTheLastOneReleasesTheRoom() throws Exception {
    documents.run(() -> {
      bothAreIn();
      east.hangUp("bob", EndedBy.CALLER, HangupCause.NORMAL_CLEARING);
      documents.sleep(Duration.ofSeconds(1));
      assertThat(participants()).containsExactly("alice");
      west.hangUp("alice", EndedBy.CALLER, HangupCause.NORMAL_CLEARING);
      documents.sleep(Duration.ofSeconds(1));
      assertThat(owners.owner(red().id())).isEmpty();
      call(east, eastPorts, "carol");
      documents.sleep(Duration.ofSeconds(1));
      assertThat(red().view().orElseThrow().focus()).isEqualTo("east");
    });
  }

  @Test
  void aRoomOpenedByADialStartsOnTheSwitchOfTheNamedCall() throws Exception {
    FarEnds answering =
        new FarEnds() {
          @Override
          public FarEnd at(CallId leg, DialTarget target) {
            return new FarEnd.Answers(Duration.ofMillis(500));
          }

          @Override
          public void inside(CallId leg, CallId inside, DialOrder order, String number) {}
        };
    eastPorts.farEnds(answering);
    westPorts.farEnds(answering);
    documents.run(() -> {
      bothAreIn();
      DialRequest nearAlice =
          new DialRequest(
              List.of(new Endpoint.Sip("sip:carol@example.com")),
              "",
              "",
              Set.of(),
              DialRequest.DEFAULT_TIMEOUT,
              Map.of(),
              Optional.empty(),
              Optional.of("alice"),
              "",
              Json.object());
      Conference blue = conferences.conference(LiveRooms.ACME, "blue");
      ActionResult result = blue.perform(new ConferenceAction.Dial(nearAlice));
      assertThat(((ActionResult.Done) result).dialled())
          .extracting(DialledEndpoint::joined)
          .containsExactly(true);
      assertThat(blue.view().orElseThrow().focus()).isEqualTo("west");
    });
  }

  @Test
  void aRestartedSwitchEndsOnlyItsOwnRooms() throws Exception {
    documents.run(() -> {
      bothAreIn();
      eastLink.publish(new MixerEvent.Restarted());
      documents.sleep(Duration.ofSeconds(1));
      assertThat(participants()).containsExactly("alice", "bob");
    });
  }

  private void eastIsDownWithTheRoom() throws InterruptedException {
    call(east, eastPorts, "alice");
    documents.sleep(Duration.ofSeconds(1));
    eastLink.up = false;
    eastLink.shows = false;
    eastLink.publish(new MixerEvent.LinkLost());
    documents.sleep(Duration.ofSeconds(1));
  }

  @Test
  void onlyTheStateOfTheRoomsOfASwitchThatIsDownIsUnknown() throws Exception {
    documents.run(() -> {
      bothAreIn();
      eastLink.publish(new MixerEvent.LinkLost());
      documents.sleep(Duration.ofMinutes(2));
      assertThat(red().view().orElseThrow().unknownSince()).isEmpty();
      assertThat(participants()).containsExactly("alice", "bob");
    });
  }

  @Test
  void aCallerOfARoomWhoseSwitchIsDownIsRefusedAtFirst() throws Exception {
    documents.run(() -> {
      eastIsDownWithTheRoom();
      call(west, westPorts, "bob");
      documents.sleep(Duration.ofSeconds(20));
      assertThat(events.getLast())
          .isInstanceOfSatisfying(
              ConferenceEvent.CallerRefused.class,
              refused -> assertThat(refused.reason()).isEqualTo(ConferenceOutcome.UNAVAILABLE));
      assertThat(red().view().orElseThrow().unknownSince()).isPresent();
    });
  }

  @Test
  void aRoomWhoseSwitchStaysDownMovesToAnotherSwitch() throws Exception {
    documents.run(() -> {
      eastIsDownWithTheRoom();
      documents.sleep(Duration.ofMinutes(1));
      call(west, westPorts, "bob");
      documents.sleep(Duration.ofSeconds(1));
      assertThat(red().view().orElseThrow().focus()).isEqualTo("west");
      assertThat(red().view().orElseThrow().unknownSince()).isEmpty();
      assertThat(participants()).containsExactly("bob");
      assertThat(owners.owner(red().id())).contains("west");
    });
  }

  @Test
  void ownersAreClaimedOnce() {
    assertThat(owners.claim(red().id(), "east")).isEqualTo("east");
    assertThat(owners.claim(red().id(), "west")).isEqualTo("east");
    owners.release(red().id(), "west");
    assertThat(owners.owner(red().id())).contains("east");
  }
}
