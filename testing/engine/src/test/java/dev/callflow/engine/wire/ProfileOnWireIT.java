package dev.callflow.engine.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.conference.Conferences;
import dev.callflow.conference.kazoo.ControlRequest;
import dev.callflow.conference.mixer.RoomId;
import dev.callflow.core.CallflowEngine;
import dev.callflow.core.call.MediaGuard;
import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.DocumentType;
import dev.callflow.core.document.Json;
import dev.callflow.core.store.MemoryStore;
import dev.callflow.core.time.TimeSource;
import dev.callflow.freeswitch.FreeSwitch;
import dev.callflow.freeswitch.FreeSwitchOptions;
import dev.callflow.simulator.model.FarEnd;
import dev.callflow.simulator.wire.SimulatedCaller;
import dev.callflow.simulator.wire.SimulatedFreeSwitch;
import dev.callflow.waiting.Eventually;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Profile settings that can be sent over the event socket are set on the leg before it enters the
 * room.
 */
class ProfileOnWireIT {

  private static final AccountId ACME = new AccountId("acme");
  private List<String> heard = List.of();
  private Map<String, String> variables = Map.of();
  private String profile = "";
  private String profileOfDialled = "";

  private void call(String conference) throws Exception {
    MemoryStore store =
        new MemoryStore()
            .account(ACME, Json.object())
            .put(ACME, DocumentType.CONFERENCE, "room", Json.readObject(conference))
            .put(
                ACME,
                DocumentType.CALLFLOW,
                "flow",
                Json.readObject(
                    """
                    {"numbers":["5000"],"flow":{"module":"conference","data":{"id":"room"}}}\
                    """));
    TimeSource time = TimeSource.system();
    try (SimulatedFreeSwitch simulated =
            SimulatedFreeSwitch.builder().password("secret").mediaScale(0.01).start();
        FreeSwitch freeSwitch = new FreeSwitch(options(simulated), time)) {
      Conferences conferences =
          Conferences.builder(store, freeSwitch.mixer(), time)
              .media(MediaGuard.standard().host("media.example.com"))
              .build();
      freeSwitch.start(
          CallflowEngine.builder(store, time)
              .media(MediaGuard.standard().host("media.example.com"))
              .modules(conferences.modules())
              .defaultAccount(ACME)
              .build());
      assertThat(freeSwitch.awaitConnected(Eventually.LIMIT)).isTrue();
      simulated.handCallsTo(freeSwitch.calls());
      SimulatedCaller caller = simulated.call("1001", "Alice", "5000");
      Eventually.holds(
          "the caller is in a room", () -> caller.awaitJoined(Duration.ZERO), caller::heard);
      heard = caller.heard();
      profile = simulated.rooms().getFirst().profile();
      simulated.callee("sip:bob@example.com", new FarEnd.Answers(Duration.ZERO));
      conferences.control(
          new ControlRequest(
              new RoomId(ACME, "dialled"),
              new ControlRequest.Target.Conference(),
              "dial",
              Json.readObject(
                  """
                  {"endpoints":["sip:bob@example.com"],"profile_name":"narrow"}\
                  """)));
      profileOfDialled = simulated.rooms().getLast().profile();
      variables = caller.channel().orElseThrow().variables();
    }
  }

  private static FreeSwitchOptions options(SimulatedFreeSwitch simulated) {
    return PatientOptions.of(simulated, "secret")
        .soundPrefixes(Map.of("fr-fr", "/sounds/fr/fr/sibylle"))
        .build();
  }

  @Test
  void numbersAndMusicOfTheProfileAreSetAsVariablesOfTheLeg() throws Exception {
    call(
        """
        {"name":"Room","max_participants":5,"profile":{"rate":16000,"interval":30,"channels":2,
         "energy-level":250,"moh-sound":"https://media.example.com/jazz.wav"}}\
        """);
    assertThat(variables)
        .containsEntry("conference_force_rate", "16000")
        .containsEntry("conference_force_interval", "30")
        .containsEntry("conference_force_channels", "2")
        .containsEntry("conference_join_energy_level", "250")
        .containsEntry("conference_moh_sound", "https://media.example.com/jazz.wav")
        .containsEntry("conference_max_members", "15")
        .containsEntry("conference_controls", "none");
  }

  @Test
  void unspecifiedSettingsAreLeftToTheSwitch() throws Exception {
    call("{\"name\":\"Room\"}");
    assertThat(variables)
        .containsEntry("conference_moh_sound", "local_stream://moh")
        .doesNotContainKeys(
            "conference_force_rate", "conference_force_interval", "conference_join_energy_level");
    assertThat(heard).first().isEqualTo("conference/conf-welcome.wav");
  }

  @Test
  void aDialSetsTheProfileOfTheRoomThatItOpens() throws Exception {
    call("{\"name\":\"Room\",\"profile_name\":\"wide\"}");
    assertThat(profileOfDialled).isEqualTo("narrow");
  }

  @Test
  void promptsAreInTheConferencesLanguage() throws Exception {
    call("{\"name\":\"Room\",\"language\":\"fr-fr\"}");
    assertThat(heard).first().isEqualTo("/sounds/fr/fr/sibylle/conference/conf-welcome.wav");
  }

  @Test
  void aNamedProfileOfTheSwitchIsUsed() throws Exception {
    call("{\"name\":\"Room\",\"profile_name\":\"wide\"}");
    assertThat(profile).isEqualTo("wide");
  }
}
