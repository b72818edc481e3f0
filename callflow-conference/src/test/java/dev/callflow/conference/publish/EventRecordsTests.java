package dev.callflow.conference.publish;

import static dev.callflow.conference.room.Sample.INSTANCE;
import static dev.callflow.conference.room.Sample.ROOM;
import static dev.callflow.conference.room.Sample.added;
import static dev.callflow.conference.room.Sample.call;
import static dev.callflow.conference.room.Sample.changed;
import static dev.callflow.conference.room.Sample.destroyed;
import static dev.callflow.conference.room.Sample.member;
import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.conference.action.DialStatus;
import dev.callflow.conference.action.DialledEndpoint;
import dev.callflow.conference.event.ConferenceEvent;
import dev.callflow.conference.event.EventHeader;
import dev.callflow.conference.event.EventType;
import dev.callflow.conference.mixer.Member;
import dev.callflow.conference.mixer.MixerEvent;
import dev.callflow.conference.mixer.MixerEvent.Change;
import dev.callflow.conference.mixer.RoomId;
import dev.callflow.conference.observe.ConferenceOutcome;
import dev.callflow.conference.observe.MixerLoss;
import dev.callflow.conference.observe.RepairCause;
import dev.callflow.conference.observe.WaitingCaller;
import dev.callflow.conference.observe.WaitingEnd;
import dev.callflow.conference.room.Notice;
import dev.callflow.core.CallflowVersion;
import dev.callflow.core.document.Json;
import dev.callflow.core.limit.Limit;
import dev.callflow.core.limit.LimitEvent;
import java.time.Instant;
import java.util.AbstractMap;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** The events that are published for the events of rooms, as JSON. */
class EventRecordsTests {

  private static final Member ALICE = member("alice", 1);

  private final ChannelVariables callers = new ChannelVariables();
  private final EventRecords records = new EventRecords(callers);

  private static final EventHeader HEADER =
      new EventHeader(ROOM, INSTANCE, 7, 3, Instant.parse("2026-01-01T00:00:00Z"));

  private static String read(ConferenceEvent event) {
    return event.json().toString();
  }

  private ConferenceEvent of(MixerEvent.InRoom event) {
    return records.happened(HEADER, event, Optional.empty()).orElseThrow();
  }

  private ConferenceEvent of(Notice.Published notice) {
    return records.noted(HEADER, notice);
  }

  /** Returns the payload of a conference event: the common properties and the event's own. */
  private static String conferenceEvent(String name, String more) {
    return Json.read(
            """
            {"event":"%1$s","instance_id":"i-1","event_category":"conference",
             "event_name":"%1$s","routing_key":"%1$s","app_name":"callflow","app_version":"%3$s",
             "conference_id":"board","account_id":"acme"%2$s,"version":7,"sequence":3}\
            """
                .formatted(name, more, CallflowVersion.current()))
        .toString();
  }

  private static String ofAlice(String header, String flags, String more) {
    return Json.read(
            """
            {%1$s,"conference_id":"board","account_id":"acme","call_id":"alice",
             "participant_id":1,"caller_id_name":"Name of alice","caller_id_number":"1001",
             %2$s,
             "conference_channel_vars":{%2$s,"see":true,"member_id":1,"member_ghost":false},
             "custom_channel_vars":{"account_id":"acme"},
             "custom_application_vars":{}%3$s,"version":7,"sequence":3}\
            """
                .formatted(header, flags, more))
        .toString();
  }

  private static final String PLAIN =
      """
      "is_moderator":false,"floor":false,"hear":true,"speak":true,"talking":false,"video":false,
      "mute_detect":false,"energy_level":300,"current_energy":0\
      """;

  private static String participantHeader(String name) {
    return """
    "event":"%1$s","instance_id":"i-1","event_category":"conference",
    "event_name":"participant_event","routing_key":"participant_event",
    "app_name":"callflow","app_version":"%2$s"\
    """
        .formatted(name, CallflowVersion.current());
  }

  private static String conferenceHeader(String name) {
    return """
    "event":"%1$s","instance_id":"i-1","event_category":"conference",
    "event_name":"%1$s","routing_key":"%1$s",
    "app_name":"callflow","app_version":"%2$s"\
    """
        .formatted(name, CallflowVersion.current());
  }

  @Test
  void aParticipantEventHasItsFlagsFlatAndNested() {
    assertThat(read(of(added(ALICE))))
        .isEqualTo(ofAlice(participantHeader("add-member"), PLAIN, ""));
  }

  @Test
  void theFlagsDescribeTheParticipantsState() {
    String muted = PLAIN.replace("\"speak\":true", "\"speak\":false").replace("300", "700");
    assertThat(
            read(
                of(
                    changed(
                        Change.MUTED,
                        ALICE
                            .with(Member.Flag.MUTED, true)
                            .withLevels(new Member.Levels(700, 0, 0))))))
        .isEqualTo(ofAlice(participantHeader("mute-member"), muted, ""));
    String other =
        PLAIN
            .replace("\"hear\":true", "\"hear\":false")
            .replace("\"floor\":false", "\"floor\":true")
            .replace("\"is_moderator\":false", "\"is_moderator\":true")
            .replace("\"talking\":false", "\"talking\":true");
    Member member =
        ALICE
            .with(Member.Flag.DEAF, true)
            .with(Member.Flag.FLOOR, true)
            .with(Member.Flag.MODERATOR, true)
            .with(Member.Flag.TALKING, true);
    assertThat(read(of(changed(Change.DEAFENED, member))))
        .isEqualTo(ofAlice(participantHeader("deaf-member"), other, ""));
  }

  @Test
  void theVariablesOfACallAreReadOnceHoweverManyEventsShowThem() {
    AtomicInteger reads = new AtomicInteger();
    Map<String, String> variables =
        new AbstractMap<>() {
          @Override
          public Set<Entry<String, String>> entrySet() {
            reads.incrementAndGet();
            return Map.of("cav_ticket", "4711").entrySet();
          }
        };
    callers.arrived(call("alice"), variables);
    assertThat(read(of(added(ALICE))).toString()).contains("4711");
    assertThat(read(of(added(ALICE))).toString()).contains("4711");
    assertThat(reads).hasValue(1);
  }

  @Test
  void anEventReadAfterTheEndOfTheCallStillHasTheCallsVariables() {
    Map<String, String> variables =
        Map.of(
            "cav_ticket", "4711",
            "callflow_owner_id", "u1",
            "callflow_account_id", "hidden",
            "presence_id", "alice@acme.example.com",
            "sip_from_user", "hidden");
    callers.arrived(call("alice"), variables);
    ConferenceEvent joined = of(added(ALICE));
    callers.gone(call("alice"), variables);
    ObjectNode read = joined.json();
    assertThat(read.path("custom_application_vars")).hasToString("{\"ticket\":\"4711\"}");
    assertThat(read.path("custom_channel_vars"))
        .hasToString("{\"account_id\":\"acme\",\"owner_id\":\"u1\"}");
    assertThat(read.path("channel_presence_id").asString()).isEqualTo("alice@acme.example.com");
    assertThat(read.toString()).doesNotContain("hidden");
  }

  @Test
  void eachConferenceEventHasItsOwnProperties() {
    assertThat(read(of(destroyed()))).isEqualTo(conferenceEvent("conference-destroy", ""));
    assertThat(read(of(new MixerEvent.Locked(ROOM, INSTANCE, true))))
        .isEqualTo(conferenceEvent("lock", ""));
    assertThat(read(of(new MixerEvent.Locked(ROOM, INSTANCE, false))))
        .isEqualTo(conferenceEvent("unlock", ""));
    assertThat(read(of(new MixerEvent.PlayStarted(ROOM, INSTANCE, "a.wav"))))
        .isEqualTo(conferenceEvent("play", ",\"media\":\"a.wav\""));
    assertThat(read(of(new MixerEvent.RecordingStarted(ROOM, INSTANCE, "r.wav", true))))
        .isEqualTo(conferenceEvent("start-recording", ",\"path\":\"r.wav\",\"failed\":true"));
    assertThat(read(of(new MixerEvent.RecordingStopped(ROOM, INSTANCE, "r.wav", 1500, 24000))))
        .isEqualTo(
            conferenceEvent(
                "stop-recording", ",\"path\":\"r.wav\",\"milliseconds\":1500,\"bytes\":24000"));
  }

  @Test
  void aLostEventReportsThatTheMixerWasRestarted() {
    assertThat(read(records.lost(HEADER, destroyed(), MixerLoss.MIXER_RESTARTED).orElseThrow()))
        .isEqualTo(conferenceEvent("conference-destroy", ",\"reason\":\"mixer_restarted\""));
  }

  @Test
  void aRepairedEventNamesItsCauseAndTheEventThatWasMissed() {
    assertThat(
            read(
                records.repaired(
                    HEADER, new MixerEvent.Locked(ROOM, INSTANCE, true), RepairCause.MISSED_FLAG)))
        .isEqualTo(
            conferenceEvent(
                "conference-repaired", ",\"cause\":\"missed-flag\",\"repaired_event\":\"lock\""));
    assertThat(read(records.repaired(HEADER, added(ALICE), RepairCause.MISSED_JOIN)))
        .isEqualTo(
            ofAlice(
                conferenceHeader("conference-repaired"),
                PLAIN,
                ",\"cause\":\"missed-join\",\"repaired_event\":\"add-member\""));
    assertThat(
            read(
                records.repaired(
                    HEADER,
                    new MixerEvent.FloorChanged(ROOM, INSTANCE, Optional.of(call("alice"))),
                    RepairCause.MISSED_FLAG)))
        .isEqualTo(conferenceEvent("conference-repaired", ",\"cause\":\"missed-flag\""));
  }

  @Test
  void eachOperatorEventHasItsOwnProperties() {
    assertThat(read(of(new Notice.LimitSet(5))))
        .isEqualTo(conferenceEvent("limit", ",\"max_participants\":5"));
    assertThat(read(of(new Notice.BanSet("+49 30", true))))
        .isEqualTo(conferenceEvent("ban", ",\"caller_id_number\":\"+49 30\""));
    assertThat(read(of(new Notice.BanSet("+49 30", false))))
        .isEqualTo(conferenceEvent("unban", ",\"caller_id_number\":\"+49 30\""));
    assertThat(read(of(new Notice.VariablesSet()))).isEqualTo(conferenceEvent("vars", ""));
    assertThat(read(of(new Notice.Moving(call("alice"), new RoomId(ROOM.account(), "other")))))
        .isEqualTo(
            conferenceEvent("move", ",\"call_id\":\"alice\",\"to_conference_id\":\"other\""));
    assertThat(
            read(
                of(
                    new Notice.DialProgress(
                        new DialledEndpoint("2001", "leg", "job", false, "USER_BUSY"),
                        DialStatus.ERROR))))
        .isEqualTo(
            conferenceEvent(
                "dial",
                """
                ,"endpoint_id":"2001","call_id":"leg","job_id":"job","status":"error",
                "message":"USER_BUSY"\
                """));
  }

  @Test
  void roleAndKeyEventsDescribeTheParticipant() {
    String moderator = PLAIN.replace("\"is_moderator\":false", "\"is_moderator\":true");
    assertThat(read(of(new Notice.RoleSet(ALICE.with(Member.Flag.MODERATOR, true)))))
        .isEqualTo(ofAlice(conferenceHeader("role"), moderator, ""));
    assertThat(read(of(new Notice.KeysPressed(ALICE, "42", "agenda"))))
        .isEqualTo(
            ofAlice(conferenceHeader("dtmf"), PLAIN, ",\"data\":\"agenda\",\"digits\":\"42\""));
    assertThat(read(of(new Notice.KeysPressed(ALICE, "42", ""))))
        .isEqualTo(ofAlice(conferenceHeader("dtmf"), PLAIN, ",\"digits\":\"42\""));
  }

  @Test
  void aDeniedEventNamesTheCallerAndTheReason() {
    Notice.JoinDenied denied =
        new Notice.JoinDenied(call("x"), "1001", "Xaver", "board", ConferenceOutcome.BAD_PIN);
    assertThat(read(of(denied)))
        .isEqualTo(
            conferenceEvent(
                "conference-denied",
                """
                ,"reason":"bad_pin","call_id":"x","caller_id_number":"1001",
                "caller_id_name":"Xaver"\
                """));
    Notice.JoinDenied nowhere =
        new Notice.JoinDenied(call("x"), "1001", "Xaver", "", ConferenceOutcome.NOT_FOUND);
    assertThat(of(nowhere).json().has("conference_id")).isFalse();
  }

  @Test
  void waitingEventsDescribeTheCaller() {
    callers.arrived(call("alice"), Map.of("cav_ticket", "4711", "presence_id", "alice@acme"));
    WaitingCaller alice = new WaitingCaller(call("alice"), "Alice", "1001", Instant.EPOCH);
    String described =
        """
        "call_id":"alice","caller_id_name":"Alice","caller_id_number":"1001",
        "custom_channel_vars":{"account_id":"acme"},
        "custom_application_vars":{"ticket":"4711"},"channel_presence_id":"alice@acme"\
        """;
    assertThat(read(of(new Notice.WaitingBegan(alice))))
        .isEqualTo(conferenceEvent("start-waiting", "," + described));
    assertThat(read(of(new Notice.WaitingEnded(alice, WaitingEnd.NO_MODERATOR))))
        .isEqualTo(conferenceEvent("stop-waiting", ",\"reason\":\"no_moderator\"," + described));
  }

  @Test
  void aStateEventHasItsTimeInSecondsSinceTheYear0() {
    Instant since = Instant.parse("2026-01-01T00:00:00Z");
    assertThat(read(of(new Notice.StateKnown(since, false))))
        .isEqualTo(
            conferenceEvent(
                "conference-state", ",\"state\":\"unknown\",\"unknown_since\":63934444800"));
    assertThat(read(of(new Notice.StateKnown(since, true))))
        .isEqualTo(
            conferenceEvent(
                "conference-state", ",\"state\":\"running\",\"unknown_since\":63934444800"));
  }

  @Test
  void anEventOfALimitHasNoConference() {
    LimitEvent use = new LimitEvent(ROOM.account(), Limit.ROOMS, LimitEvent.State.WARNING, 80, 100);
    assertThat(read(of(new Notice.LimitUse(use))))
        .isEqualTo(
            conferenceEvent(
                    "account-limit",
                    ",\"limit\":\"rooms\",\"state\":\"warning\",\"used\":80,\"maximum\":100")
                .replace("\"conference_id\":\"board\",", ""));
  }

  @Test
  void aChangeOfTheFloorIsNotPublished() {
    assertThat(
            records.happened(
                HEADER,
                new MixerEvent.FloorChanged(ROOM, INSTANCE, Optional.empty()),
                Optional.empty()))
        .isEmpty();
  }

  @Test
  void theSystemConfigurationCanFilterOnlyKazoosEvents() {
    List<String> filtered =
        Arrays.stream(EventType.values())
            .filter(EventType::isFiltered)
            .map(EventType::key)
            .toList();
    assertThat(filtered)
        .containsExactly(
            "conference-create",
            "conference-destroy",
            "lock",
            "unlock",
            "add-member",
            "del-member",
            "start-talking",
            "stop-talking",
            "mute-member",
            "unmute-member",
            "deaf-member",
            "undeaf-member");
  }
}
