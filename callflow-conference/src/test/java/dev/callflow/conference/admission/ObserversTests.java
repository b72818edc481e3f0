package dev.callflow.conference.admission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.conference.bed.Bed;
import dev.callflow.conference.mixer.RoomId;
import dev.callflow.conference.observe.ConferenceObserver;
import dev.callflow.conference.observe.ConferenceOutcome;
import dev.callflow.conference.visit.Guest;
import dev.callflow.core.call.CallId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Observers receive the reports of {@link AnnounceRole} and {@link Outcomes}. */
class ObserversTests {

  private final Bed bed = new Bed();
  private final List<String> reports = new ArrayList<>();

  private final ConferenceObserver reporting =
      new ConferenceObserver() {
        @Override
        public void ended(CallId call, ConferenceOutcome outcome) {
          reports.add(call + " ended: " + outcome.key());
        }

        @Override
        public void roleDecided(CallId call, RoomId room, boolean moderator) {
          reports.add(call + " is a " + (moderator ? "moderator" : "member") + " of " + room);
        }
      };

  private final ConferenceObserver failing =
      new ConferenceObserver() {
        @Override
        public void ended(CallId call, ConferenceOutcome outcome) {
          throw new IllegalStateException("broken");
        }

        @Override
        public void roleDecided(CallId call, RoomId room, boolean moderator) {
          throw new IllegalStateException("broken");
        }
      };

  @AfterEach
  void close() {
    bed.close();
  }

  @Test
  void theRoleIsReportedAndTheGuestIsReturnedUnchanged() {
    bed.room("{}");
    Guest member = bed.visitor("ann").member();

    assertThat(new AnnounceRole(List.of(reporting)).announce(member)).isSameAs(member);
    new AnnounceRole(List.of(reporting)).announce(bed.visitor("mia").moderator());

    assertThat(reports)
        .containsExactly("ann is a member of acme/room", "mia is a moderator of acme/room");
  }

  @Test
  void theOutcomeIsReported() {
    new Outcomes(List.of(reporting)).report(new CallId("ann"), ConferenceOutcome.KICKED);

    assertThat(reports).containsExactly("ann ended: kicked");
  }

  @Test
  void aFailingObserverAffectsNeitherTheCallerNorOtherObservers() {
    bed.room("{}");

    new AnnounceRole(List.of(failing, reporting)).announce(bed.visitor("ann").member());
    new Outcomes(List.of(failing, reporting)).report(new CallId("ann"), ConferenceOutcome.LEFT);

    assertThat(reports).containsExactly("ann is a member of acme/room", "ann ended: left");
  }
}
