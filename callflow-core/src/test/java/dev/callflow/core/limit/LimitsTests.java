package dev.callflow.core.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.DocumentType;
import dev.callflow.core.document.Json;
import dev.callflow.core.document.Problem;
import dev.callflow.core.store.MemoryStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class LimitsTests {

  private static final AccountId ACME = new AccountId("acme");
  private static final AccountId GLOBEX = new AccountId("globex");

  private final MemoryStore store = new MemoryStore();
  private final ClockedTime time = new ClockedTime();
  private final Limits limits =
      Limits.of(store, time, AccountLimits.standard().with(Limit.CALLS, 10));
  private final List<String> events = new ArrayList<>();

  private static final String EXPECTED_KEYS =
      "; expected one of calls, rooms, ad_hoc_rooms, dialled_legs, dials_per_minute,"
          + " recording_minutes_per_day, allowed_prefixes, forbidden_prefixes, premium_prefixes,"
          + " allowed_sip_hosts, own_numbers";

  LimitsTests() {
    store.account(ACME, Json.object());
    store.account(GLOBEX, Json.object());
    limits.listen(event ->
        events.add(
            event.account().value()
                + " "
                + event.limit().key()
                + " "
                + event.state()
                + " "
                + event.used()
                + "/"
                + event.max()));
  }

  // ---- configuration

  @Test
  void changesToTheConfigurationTakeEffectAtOnce() {
    assertThat(limits.account(ACME).take(Limit.CALLS)).isInstanceOf(Grant.Granted.class);
    store.account(ACME, json("{\"config\":{\"limits\":{\"calls\":1}}}"));
    assertThat(limits.account(ACME).take(Limit.CALLS)).isEqualTo(new Grant.Reached(Limit.CALLS, 1));
    store.account(ACME, json("{\"config\":{\"limits\":{\"calls\":2}}}"));
    assertThat(limits.account(ACME).take(Limit.CALLS)).isInstanceOf(Grant.Granted.class);
    store.account(ACME, Json.object());
    store.system(json("{\"limits\":{\"calls\":2}}"));
    assertThat(limits.account(ACME).take(Limit.CALLS)).isEqualTo(new Grant.Reached(Limit.CALLS, 2));
  }

  // ---- counting

  @Test
  void theMaximumIsGrantedAndNoMore() {
    List<Lease> leases = take(ACME, Limit.CALLS, 10);

    assertThat(limits.account(ACME).take(Limit.CALLS))
        .isEqualTo(new Grant.Reached(Limit.CALLS, 10));

    leases.getFirst().close();
    assertThat(limits.account(ACME).take(Limit.CALLS)).isInstanceOf(Grant.Granted.class);
  }

  @Test
  void aRefusalNamesTheLimitAndItsValue() {
    take(ACME, Limit.CALLS, 10);

    Grant.Reached reached = (Grant.Reached) limits.account(ACME).take(Limit.CALLS);

    assertThat(reached.message())
        .isEqualTo("the account has reached its limit of 10 concurrent calls (calls)");
  }

  @Test
  void aLeaseIsGivenBackOnlyOnce() {
    List<Lease> leases = take(ACME, Limit.CALLS, 2);

    leases.getFirst().close();
    leases.getFirst().close();

    assertThat(limits.used(ACME, Limit.CALLS)).isOne();
  }

  @Test
  void accountsDoNotShareALimit() {
    take(ACME, Limit.CALLS, 10);

    assertThat(limits.account(GLOBEX).take(Limit.CALLS)).isInstanceOf(Grant.Granted.class);
  }

  @Test
  void whatIsInUseAlreadyCountsEvenAboveTheMaximum() {
    take(ACME, Limit.CALLS, 10);
    Lease more = limits.count(ACME, Limit.CALLS);

    assertThat(limits.used(ACME, Limit.CALLS)).isEqualTo(11);
    more.close();
    assertThat(limits.account(ACME).take(Limit.CALLS)).isInstanceOf(Grant.Reached.class);
  }

  @Test
  void manyThreadsNeverGetMoreThanTheMaximum() throws InterruptedException {
    AtomicInteger granted = new AtomicInteger();
    CountDownLatch begin = new CountDownLatch(1);
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      threads.add(
          Thread.startVirtualThread(() -> {
            try {
              begin.await();
            } catch (InterruptedException e) {
              return;
            }
            if (limits.account(ACME).take(Limit.CALLS) instanceof Grant.Granted) {
              granted.incrementAndGet();
            }
          }));
    }
    begin.countDown();
    for (Thread thread : threads) {
      thread.join();
    }

    assertThat(granted).hasValue(10);
    assertThat(limits.used(ACME, Limit.CALLS)).isEqualTo(10);
  }

  @Test
  void dialsCountForAMinute() {
    Limits few = Limits.of(store, time, AccountLimits.standard().with(Limit.DIALS_PER_MINUTE, 2));
    few.account(ACME).take(Limit.DIALS_PER_MINUTE);
    time.passes(Duration.ofSeconds(30));
    few.account(ACME).take(Limit.DIALS_PER_MINUTE);

    assertThat(few.account(ACME).take(Limit.DIALS_PER_MINUTE)).isInstanceOf(Grant.Reached.class);

    time.passes(Duration.ofSeconds(31));
    assertThat(few.account(ACME).take(Limit.DIALS_PER_MINUTE)).isInstanceOf(Grant.Granted.class);
    assertThat(few.account(ACME).take(Limit.DIALS_PER_MINUTE)).isInstanceOf(Grant.Reached.class);

    time.passes(Duration.ofHours(1));
    assertThat(few.used(ACME, Limit.DIALS_PER_MINUTE)).isZero();
  }

  @Test
  void aDialThatWasNotPlacedDoesNotCount() {
    take(ACME, Limit.DIALS_PER_MINUTE, 1).getFirst().close();

    assertThat(limits.used(ACME, Limit.DIALS_PER_MINUTE)).isZero();
  }

  // ---- events

  @Test
  void anEventComesOnceAt80Percent() {
    List<Lease> leases = take(ACME, Limit.CALLS, 7);
    time.passes(Duration.ZERO);
    assertThat(events).isEmpty();

    leases.addAll(take(ACME, Limit.CALLS, 2));
    time.passes(Duration.ZERO);
    assertThat(events).containsExactly("acme calls WARNING 8/10");

    leases.subList(0, 2).forEach(Lease::close);
    leases.addAll(take(ACME, Limit.CALLS, 2));
    time.passes(Duration.ZERO);
    assertThat(events).as("7 of 10 is not low").hasSize(1);
  }

  @Test
  void anotherEventComesAfterTheUseWasBelow70Percent() {
    List<Lease> leases = take(ACME, Limit.CALLS, 8);
    leases.subList(0, 2).forEach(Lease::close);

    take(ACME, Limit.CALLS, 2);

    time.passes(Duration.ZERO);
    assertThat(events).containsExactly("acme calls WARNING 8/10", "acme calls WARNING 8/10");
  }

  @Test
  void theFirstRefusalIsAnEvent() {
    take(ACME, Limit.CALLS, 10);

    limits.account(ACME).take(Limit.CALLS);
    limits.account(ACME).take(Limit.CALLS);

    time.passes(Duration.ZERO);
    assertThat(events).containsExactly("acme calls WARNING 8/10", "acme calls REACHED 10/10");
  }

  // ---- configuration

  @Test
  void theConfigurationOfTheAccountOverridesThatOfTheSystem() {
    store.system(json("{\"limits\":{\"calls\":3,\"rooms\":4}}"));
    store.account(ACME, json("{\"config\":{\"limits\":{\"calls\":2}}}"));

    take(ACME, Limit.CALLS, 2);
    take(GLOBEX, Limit.CALLS, 3);

    assertThat(limits.account(ACME).take(Limit.CALLS)).isEqualTo(new Grant.Reached(Limit.CALLS, 2));
    assertThat(limits.account(GLOBEX).take(Limit.CALLS))
        .isEqualTo(new Grant.Reached(Limit.CALLS, 3));
  }

  @Test
  void zeroGrantsNothing() {
    store.account(ACME, json("{\"config\":{\"limits\":{\"calls\":0}}}"));

    assertThat(limits.account(ACME).take(Limit.CALLS)).isInstanceOf(Grant.Reached.class);
  }

  @Test
  void invalidValuesAreIgnoredAndReportedByTheCheck() {
    ObjectNode section = json("{\"calls\":-1,\"rooms\":\"many\",\"allowed_prefixes\":[\"+4x\"]}");
    store.account(ACME, Json.object().set("config", Json.object().set("limits", section)));

    take(ACME, Limit.CALLS, 10);

    assertThat(limits.account(ACME).take(Limit.CALLS)).isInstanceOf(Grant.Reached.class);
    assertThat(AccountLimits.check(section))
        .extracting(problem -> problem.pointer().toString())
        .containsExactlyInAnyOrder("/calls", "/rooms", "/allowed_prefixes/0");
  }

  @Test
  void theCheckReportsEachMistakeOfASection() {
    assertThat(
            AccountLimits.checkConfig(
                json(
                    """
                    {"limits": {"calls": -1, "rooms": "many", "ad_hoc_rooms": 1.5,
                     "dialled_legs": 1000001, "dials_per_minute": null, "call": 5, "a/b": 1,
                     "recording_minutes_per_day": 0, "own_numbers": "yes",
                     "allowed_prefixes": ["+44", "+4x", "", 44, "4+4"],
                     "forbidden_prefixes": "+49", "allowed_sip_hosts": ["", "pbx.example.com"]}}\
                    """)))
        .extracting(Problem::toString)
        .containsExactlyInAnyOrder(
            "/limits/calls: must be at least 0",
            "/limits/rooms: must be of type integer",
            "/limits/ad_hoc_rooms: must be of type integer",
            "/limits/dialled_legs: must be at most 1000000",
            "/limits/dials_per_minute: must be of type integer",
            "/limits/call: is unknown" + EXPECTED_KEYS,
            "/limits/a~1b: is unknown" + EXPECTED_KEYS,
            "/limits/own_numbers: must be of type boolean",
            "/limits/allowed_prefixes/1: must match ^[+*#0-9][0-9*#]{0,31}$",
            "/limits/allowed_prefixes/2: must match ^[+*#0-9][0-9*#]{0,31}$",
            "/limits/allowed_prefixes/3: must be of type string",
            "/limits/allowed_prefixes/4: must match ^[+*#0-9][0-9*#]{0,31}$",
            "/limits/forbidden_prefixes: must be of type array",
            "/limits/allowed_sip_hosts/0: must have at least 1 character");
  }

  @Test
  void aSectionThatIsNoObjectIsReported() {
    assertThat(AccountLimits.checkConfig(json("{\"limits\":[5]}")))
        .extracting(Problem::toString)
        .containsExactly("/limits: must be an object");
    assertThat(AccountLimits.checkConfig(json("{\"conferences\":{}}"))).isEmpty();
  }

  @Test
  void aMaximumOutOfRangeIsRefusedByName() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> AccountLimits.standard().with(Limit.ROOMS, -1))
        .withMessage("rooms must be 0 to 1000000, but is -1");
  }

  @Test
  void anAccountMayCallItsOwnNumbers() {
    ObjectNode flow = json("{\"numbers\":[\"+442079460000\"],\"patterns\":[\"^\\\\+49\"]}");
    store.put(ACME, DocumentType.CALLFLOW, "f", flow);

    assertThat(limits.account(ACME).number("+44 20 7946-0000")).isEmpty();
    assertThat(limits.account(ACME).number("+4930123456")).as("a pattern").isPresent();
    assertThat(limits.account(GLOBEX).number("+442079460000")).isPresent();

    store.account(ACME, json("{\"config\":{\"limits\":{\"own_numbers\":false}}}"));
    assertThat(limits.account(ACME).number("+442079460000")).isPresent();
  }

  @Test
  void theConfigurationChangesTheDestinations() {
    store.system(json("{\"limits\":{\"allowed_prefixes\":[\"+44\"]}}"));
    store.account(ACME, json("{\"config\":{\"limits\":{\"forbidden_prefixes\":\"+4420\"}}}"));

    assertThat(limits.account(GLOBEX).number("+442079460000")).isEmpty();
    assertThat(limits.account(ACME).number("+442079460000")).isPresent();
    assertThat(limits.account(ACME).number("+441619460000")).isEmpty();
  }

  // ---- recordings

  @Test
  void recordingsStopWhenTheMinutesOfTheDayAreUsedUp() {
    Limits ten = Limits.of(store, time, AccountLimits.standard().with(Limit.RECORDING_MINUTES, 10));
    ten.listen(event -> events.add(event.limit().key() + " " + event.state() + " " + time.now()));
    List<String> stopped = new ArrayList<>();

    Lease first = ten.recording(ACME, () -> stopped.add("first"));
    time.passes(Duration.ofMinutes(4));
    Lease second = ten.recording(ACME, () -> stopped.add("second"));
    time.passes(Duration.ofMillis(120_001));
    assertThat(events)
        .containsExactly("recording_minutes_per_day WARNING 2026-01-01T12:06:00.001Z");
    time.passes(Duration.ofMillis(60_010));

    assertThat(stopped).containsExactly("first", "second");
    assertThat(events).hasSize(2);
    first.close();
    second.close();
    assertThat(ten.account(ACME).take(Limit.RECORDING_MINUTES))
        .isEqualTo(new Grant.Reached(Limit.RECORDING_MINUTES, 10));
    time.passes(Duration.ZERO);
    assertThat(time.timers()).isZero();

    time.passes(Duration.ofHours(12));
    assertThat(ten.account(ACME).take(Limit.RECORDING_MINUTES)).isInstanceOf(Grant.Granted.class);
  }

  @Test
  void aRecordingThatDoesNotStopIsStoppedAgain() {
    Limits none = Limits.of(store, time, AccountLimits.standard().with(Limit.RECORDING_MINUTES, 0));
    AtomicInteger stops = new AtomicInteger();

    Lease lease = none.recording(ACME, stops::incrementAndGet);
    time.passes(Duration.ofSeconds(25));

    assertThat(stops).hasValue(3);
    lease.close();
    time.passes(Duration.ofSeconds(25));
    assertThat(stops).hasValue(3);
  }

  @Test
  void aRecordingAcrossMidnightCountsForBothDays() {
    Lease lease = limits.recording(ACME, () -> {});
    time.passes(Duration.ofHours(9));
    assertThat(limits.used(ACME, Limit.RECORDING_MINUTES)).isEqualTo(540);

    time.passes(Duration.ofHours(4));
    assertThat(limits.used(ACME, Limit.RECORDING_MINUTES)).isEqualTo(60);
    lease.close();
  }

  private List<Lease> take(AccountId account, Limit limit, int count) {
    List<Lease> leases = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      leases.add(((Grant.Granted) limits.account(account).take(limit)).lease());
    }
    return leases;
  }

  private static ObjectNode json(String text) {
    return Json.readObject(text);
  }
}
