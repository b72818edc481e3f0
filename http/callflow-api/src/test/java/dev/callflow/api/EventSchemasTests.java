package dev.callflow.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.api.openapi.OpenApi;
import dev.callflow.conference.action.DialStatus;
import dev.callflow.conference.action.DialledEndpoint;
import dev.callflow.conference.event.CallVariables;
import dev.callflow.conference.event.ConferenceEvent;
import dev.callflow.conference.event.EventHeader;
import dev.callflow.conference.event.EventType;
import dev.callflow.conference.mixer.Member;
import dev.callflow.conference.mixer.RoomId;
import dev.callflow.conference.observe.ConferenceOutcome;
import dev.callflow.conference.observe.MixerLoss;
import dev.callflow.conference.observe.RepairCause;
import dev.callflow.conference.observe.WaitingCaller;
import dev.callflow.conference.observe.WaitingEnd;
import dev.callflow.core.call.CallId;
import dev.callflow.core.document.AccountId;
import dev.callflow.core.limit.Limit;
import dev.callflow.core.limit.LimitEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.everit.json.schema.loader.SchemaLoader;
import org.json.JSONObject;
import org.json.JSONTokener;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The OpenAPI document describes each event as it is published. */
class EventSchemasTests {

  private static final ObjectNode DOCUMENT = OpenApi.document();

  private static final RoomId BOARD = new RoomId(new AccountId("acme"), "board");
  private static final Instant TIME = Instant.parse("2026-01-01T00:00:00Z");
  private static final EventHeader HEADER = new EventHeader(BOARD, "instance-7", 71, 17, TIME);

  private static final CallId ALICE = new CallId("call-of-alice");
  private static final Member MEMBER =
      new Member(
          ALICE,
          42,
          new Member.Party("Alice", "+4930111"),
          Member.Flags.NONE,
          new Member.Levels(317, 0, 0),
          TIME);
  private static final WaitingCaller CALLER = new WaitingCaller(ALICE, "Alice", "+4930111", TIME);
  private static final CallVariables VARIABLES =
      new CallVariables(
          Map.of("owner_id", "u-4711"), Map.of("ticket", "t-0815"), Optional.of("alice@acme"));

  private static final ConferenceEvent MUTED =
      new ConferenceEvent.MemberMuted(HEADER, MEMBER, VARIABLES);

  private static final List<ConferenceEvent> ALL =
      List.of(
          new ConferenceEvent.Started(HEADER),
          new ConferenceEvent.Ended(HEADER, Optional.of(MixerLoss.MIXER_LOST)),
          new ConferenceEvent.Locked(HEADER),
          new ConferenceEvent.Unlocked(HEADER),
          new ConferenceEvent.MemberJoined(HEADER, MEMBER, VARIABLES),
          new ConferenceEvent.MemberLeft(
              HEADER,
              MEMBER,
              VARIABLES,
              ConferenceOutcome.KICKED,
              Optional.of(MixerLoss.MIXER_RESTARTED)),
          new ConferenceEvent.TalkingStarted(HEADER, MEMBER, VARIABLES),
          new ConferenceEvent.TalkingStopped(HEADER, MEMBER, VARIABLES),
          MUTED,
          new ConferenceEvent.MemberUnmuted(HEADER, MEMBER, VARIABLES),
          new ConferenceEvent.MemberDeafened(HEADER, MEMBER, VARIABLES),
          new ConferenceEvent.MemberUndeafened(HEADER, MEMBER, VARIABLES),
          new ConferenceEvent.EnergyLevelSet(HEADER, MEMBER, VARIABLES),
          new ConferenceEvent.TalkVolumeSet(HEADER, MEMBER, VARIABLES),
          new ConferenceEvent.ListenVolumeSet(HEADER, MEMBER, VARIABLES),
          new ConferenceEvent.RoleSet(HEADER, MEMBER, VARIABLES),
          new ConferenceEvent.KeysPressed(HEADER, MEMBER, VARIABLES, "*73", "agenda"),
          new ConferenceEvent.MemberMoving(HEADER, ALICE, new RoomId(BOARD.account(), "huddle")),
          new ConferenceEvent.MediaStarted(HEADER, "welcome.wav"),
          new ConferenceEvent.RecordingStarted(HEADER, "/recordings/board.wav", false),
          new ConferenceEvent.RecordingStopped(
              HEADER, "/recordings/board.wav", Duration.ofMillis(5432), 86_912),
          new ConferenceEvent.DialProgress(
              HEADER,
              new DialledEndpoint("2001", "call-of-bob", "job-1", false, "USER_BUSY"),
              DialStatus.ERROR),
          new ConferenceEvent.MaxParticipantsSet(HEADER, 25),
          new ConferenceEvent.NumberBanned(HEADER, "+4930222"),
          new ConferenceEvent.NumberUnbanned(HEADER, "+4930222"),
          new ConferenceEvent.VariablesSet(HEADER),
          new ConferenceEvent.WaitingStarted(HEADER, CALLER, VARIABLES),
          new ConferenceEvent.WaitingEnded(HEADER, CALLER, VARIABLES, WaitingEnd.NO_MODERATOR),
          new ConferenceEvent.CallerRefused(
              HEADER, ALICE, "+4930111", "Alice", "board", ConferenceOutcome.BAD_PIN),
          new ConferenceEvent.PinAttack(HEADER),
          new ConferenceEvent.StateChanged(HEADER, false, TIME),
          new ConferenceEvent.Repaired(HEADER, RepairCause.MISSED_FLAG, Optional.of(MUTED)),
          new ConferenceEvent.AccountLimitUsed(
              HEADER,
              new LimitEvent(
                  BOARD.account(), Limit.DIALLED_LEGS, LimitEvent.State.REACHED, 49, 50)));

  private static Stream<ConferenceEvent> events() {
    return ALL.stream();
  }

  @Test
  void everyEventHasASchema() {
    assertThat(
            DOCUMENT
                .at("/components/schemas/ConferenceEvent/discriminator/mapping")
                .propertyNames())
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(EventType.values()).map(EventType::key).toList());
    assertThat(ALL).extracting(ConferenceEvent::type).containsExactlyInAnyOrder(EventType.values());
  }

  @ParameterizedTest
  @MethodSource("events")
  void anEventIsValidAndHasNoOtherKeys(ConferenceEvent event) {
    JSONObject root = new JSONObject(new JSONTokener(DOCUMENT.toString()));
    root.put("allOf", List.of(new JSONObject("{'$ref': '#/components/schemas/ConferenceEvent'}")));
    SchemaLoader.builder()
        .schemaJson(root)
        .draftV7Support()
        .build()
        .load()
        .build()
        .validate(new JSONObject(event.json().toString()));
    if (event.type() != EventType.CONFERENCE_REPAIRED) {
      assertThat(described(event.type())).containsAll(Set.copyOf(event.json().propertyNames()));
    }
  }

  /** Returns the keys that an event can have. */
  private static Set<String> described(EventType type) {
    JsonNode schema =
        DOCUMENT.at("/components/schemas/ConferenceEvent/discriminator/mapping").path(type.key());
    Set<String> keys = new TreeSet<>();
    for (JsonNode part : DOCUMENT.at(schema.asString().substring(1)).path("allOf").values()) {
      JsonNode keysOfPart =
          part.has("$ref") ? DOCUMENT.at(part.path("$ref").asString().substring(1)) : part;
      keys.addAll(keysOfPart.path("properties").propertyNames());
    }
    return keys;
  }
}
