package dev.callflow.conference.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.callflow.conference.action.ActionResult;
import dev.callflow.conference.action.DialledEndpoint;
import dev.callflow.conference.action.Endpoint;
import dev.callflow.conference.bed.Bed;
import dev.callflow.conference.bed.Running;
import dev.callflow.conference.document.ConferenceDocument;
import dev.callflow.conference.mixer.DialOrder;
import dev.callflow.conference.mixer.DialReply;
import dev.callflow.conference.mixer.DialTarget;
import dev.callflow.conference.mixer.MemberFlag;
import dev.callflow.conference.mixer.MixerCommand;
import dev.callflow.core.call.CallId;
import dev.callflow.core.call.HangupCause;
import dev.callflow.core.document.StoreUnavailableException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Dialling out of a conference: the endpoints that are called, the seats that they take, and the
 * results.
 */
class DialOutTests {

  private static final String UNKNOWN_ID = "0123456789abcdef0123456789abcdef";

  private final Bed bed = new Bed();
  private final Dialling dialling = new Dialling(bed);

  @AfterEach
  void close() {
    bed.close();
  }

  // ---- the calls

  @Test
  void anEndpointIsDialledOnBehalfOfTheConference() {
    bed.room("{\"name\":\"Board\"}");

    dialling.dial("49301");

    DialOrder order = bed.mixer.dialled().getFirst();
    assertThat(order.room()).isEqualTo(Bed.ROOM);
    assertThat(order.target()).isEqualTo(new DialTarget.Number("49301"));
    assertThat(order.callerName()).isEqualTo("Board");
    assertThat(order.callerNumber()).isEmpty();
    assertThat(order.ringTimeout()).isEqualTo(Duration.ofSeconds(20));
    assertThat(order.near()).isEmpty();
    assertThat(order.variables())
        .isEqualTo(
            Map.of(
                "callflow_account_id", "acme",
                "callflow_authorizing_type", "conference",
                "callflow_authorizing_id", "room"));
  }

  @Test
  void aRequestCanSetTheCallerIdVariablesAndANearbyLeg() {
    bed.room("{\"name\":\"Board\"}");

    dialling
        .caller("Front desk", "49300")
        .variables(Map.of("ticket", "7"))
        .near("some-leg")
        .dial("49301");

    DialOrder order = bed.mixer.dialled().getFirst();
    assertThat(order.callerName()).isEqualTo("Front desk");
    assertThat(order.callerNumber()).isEqualTo("49300");
    assertThat(order.variables()).containsEntry("cav_ticket", "7");
    assertThat(order.near()).contains(new CallId("some-leg"));
  }

  @Test
  void aConferenceWithoutANameDoesNotShowItsIdAsTheCallerName() {
    bed.room("{}");

    dialling.dial("49301");

    assertThat(bed.mixer.dialled().getFirst().callerName()).isEmpty();
  }

  @Test
  void aRequestCanSetTheIdOfASingleLeg() {
    bed.room("{}");

    DialledEndpoint result = dialling.callId("my-leg").dial("49301");

    assertThat(result.callId()).isEqualTo("my-leg");
    assertThat(bed.mixer.hasIn(Bed.ROOM, "my-leg")).isTrue();
  }

  @Test
  void oneIdForTwoLegsIsRefused() {
    bed.room("{}");

    ActionResult result = dialling.callId("my-leg").result("49301", "49302");

    assertThat(result)
        .isInstanceOfSatisfying(
            ActionResult.Refused.class,
            refused -> {
              assertThat(refused.reason()).isEqualTo(ActionResult.Reason.INVALID);
              assertThat(refused.field()).isEqualTo("outbound_call_id");
              assertThat(refused.rule()).isEqualTo("maxItems");
            });
    assertThat(bed.mixer.dialled()).isEmpty();
    assertThat(bed.seatsTaken()).isZero();
  }

  @Test
  void resultsAreInTheOrderOfTheRequest() {
    bed.room("{}");

    List<DialledEndpoint> results =
        dialling.endpoints(
            dialling.begin(
                List.of(
                    new Endpoint.Number("49301"),
                    new Endpoint.Owned(UNKNOWN_ID),
                    new Endpoint.Number("49302"))));

    assertThat(results)
        .extracting(DialledEndpoint::endpoint)
        .containsExactly("49301", UNKNOWN_ID, "49302");
    assertThat(results).extracting(DialledEndpoint::joined).containsExactly(true, false, true);
    assertThat(results.get(1))
        .isEqualTo(new DialledEndpoint(UNKNOWN_ID, "", "", false, "not_found"));
  }

  @Test
  void allLegsRingAtTheSameTime() {
    bed.room("{}");

    dialling.endpoints(dialling.begin("49301", "49302", "49303"));

    assertThat(bed.time.elapsed()).isEqualTo(Duration.ofSeconds(5));
  }

  // ---- seats

  @Test
  void aSeatIsTakenBeforeTheLegRingsAndReleasedIfTheCallFails() {
    bed.room("{}");
    bed.mixer.dialsReturn(new DialReply.Failed(HangupCause.USER_BUSY));
    Running<ActionResult> running = dialling.begin("49301");
    assertThat(bed.seatsTaken()).isEqualTo(1);

    dialling.endpoint(running);

    assertThat(bed.seatsTaken()).isZero();
  }

  @Test
  void aFullRoomDialsNoEndpoint() {
    bed.room("{\"max_participants\":1}");
    bed.enters(bed.visitor("ann").member());

    assertThat(dialling.dial("49301"))
        .isEqualTo(new DialledEndpoint("49301", "", "", false, "full"));
    assertThat(bed.mixer.dialled()).isEmpty();
  }

  @Test
  void theFirstEndpointGetsTheLastSeat() {
    bed.room("{\"max_participants\":1}");

    assertThat(dialling.endpoints(dialling.begin("49301", "49302")))
        .extracting(DialledEndpoint::message)
        .containsExactly("dial resulted in call id dialled-1", "full");
  }

  @Test
  void exemptModeratorsAndGhostsNeedNoSeat() {
    bed.room("{\"max_participants\":1,\"moderator_exempt\":true}");
    bed.enters(bed.visitor("ann").member());

    assertThat(dialling.flags(MemberFlag.MODERATOR).dial("49301").joined()).isTrue();
    assertThat(dialling.flags(MemberFlag.GHOST).dial("49302").joined()).isTrue();
    assertThat(dialling.flags().dial("49303").message()).isEqualTo("full");
  }

  @Test
  void aLockDoesNotApplyToDialledParticipants() {
    bed.room("{}");
    bed.enters(bed.visitor("ann").member());
    bed.run(() -> bed.mixer.apply(Bed.ROOM, new MixerCommand.Lock(true)));

    assertThat(dialling.dial("49301").joined()).isTrue();
  }

  @Test
  void aLegThatIsAlreadyInTheRoomIsNotDialledAgain() {
    bed.room("{}");
    bed.enters(bed.visitor("ann").member());

    assertThat(dialling.callId("ann").dial("49301").message()).isEqualTo("duplicate");
  }

  @Test
  void noSeatRemainsTakenWhenTheStoreFails() {
    for (int reads = 0; reads < 5; reads++) {
      try (Bed failing = new Bed().room("{}")) {
        Dialling into = new Dialling(failing);
        failing.readOnly.losesTheSystemsConfigurationAfter(reads);
        Running<ActionResult> running = into.begin("49301", "49302");
        failing.passes(Duration.ofMinutes(1));
        List<CallId> in = failing.mixer.entries().stream().map(entry -> entry.leg()).toList();

        assertThat(failing.seatsTaken())
            .as("seats taken if the store fails after %s reads", reads)
            .isEqualTo(in.size());
        if (reads == 0) {
          assertThatExceptionOfType(StoreUnavailableException.class).isThrownBy(running::result);
        }
      }
    }
  }

  // ---- conferences that are not running or not stored

  @Test
  void aRequestCanRequireARunningConference() {
    bed.room("{}");

    assertThat(dialling.flags(MemberFlag.JOIN_EXISTING).dial("49301"))
        .isEqualTo(new DialledEndpoint("49301", "", "", false, "the conference is not running"));
    assertThat(bed.mixer.dialled()).isEmpty();

    bed.enters(bed.visitor("ann").member());
    assertThat(dialling.dial("49302").joined()).isTrue();
  }

  @Test
  void aRequestDescribesAConferenceThatIsNotStored() {
    dialling
        .settings(
            """
            {"max_participants": 1, "name": "Huddle", "endpoints": ["49301"], "timeout": 5,
             "_read_only": 1, "pvt_secret": 2}
            """)
        .dial("49301");

    ConferenceDocument document = bed.roomDocuments.dialled(Bed.ROOM).orElseThrow();
    assertThat(document.body()).isEqualTo(Bed.json("{\"max_participants\":1,\"name\":\"Huddle\"}"));
    assertThat(document.stored()).isTrue();
    assertThat(dialling.settings("{}").dial("49302").message()).isEqualTo("full");
  }

  @Test
  void aRequestDoesNotChangeAStoredConference() {
    bed.room("{\"max_participants\":1}");

    dialling.settings("{\"max_participants\":9}").dial("49301");

    assertThat(bed.roomDocuments.dialled(Bed.ROOM)).isEmpty();
    assertThat(dialling.dial("49302").message()).isEqualTo("full");
  }

  @Test
  void aDialThatDoesNotStartCreatesNoConference() {
    dialling.flags(MemberFlag.JOIN_EXISTING).dial("49301");

    assertThat(bed.roomDocuments.dialled(Bed.ROOM)).isEmpty();
  }

  @Test
  void dialledParticipantsHaveTheFlagsAndProfileOfTheRequest() {
    bed.room("{\"member\":{\"join_muted\":true},\"profile_name\":\"wide\"}");

    dialling.flags(MemberFlag.DEAF).profile("narrow").dial("49301");

    assertThat(bed.mixer.entry("dialled-1").options().flags()).isEqualTo(Set.of(MemberFlag.DEAF));
    assertThat(bed.mixer.entry("dialled-1").options().profile()).isEqualTo("narrow");
  }
}
