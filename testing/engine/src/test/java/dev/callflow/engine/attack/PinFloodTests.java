package dev.callflow.engine.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.conference.Conferences;
import dev.callflow.conference.event.ConferenceEvent;
import dev.callflow.conference.observe.ConferenceOutcome;
import dev.callflow.core.CallflowEngine;
import dev.callflow.core.call.CallId;
import dev.callflow.core.call.EndedBy;
import dev.callflow.core.call.HangupCause;
import dev.callflow.core.call.IncomingCall;
import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.DocumentType;
import dev.callflow.core.document.Json;
import dev.callflow.core.store.MemoryStore;
import dev.callflow.simulator.SimulatedSwitch;
import dev.callflow.simulator.model.MediaLibrary;
import dev.callflow.simulator.model.NewChannel;
import dev.callflow.simulator.model.SwitchEvent;
import dev.callflow.simulator.model.SwitchSettings;
import dev.callflow.simulator.time.Phase;
import dev.callflow.simulator.time.VirtualTime;
import dev.callflow.testkit.inprocess.InProcessSwitch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

/**
 * The attack: many concurrent calls guess the PIN of a room, from one number, from many numbers,
 * and from the numbers of earlier participants. Runs in virtual time, in one process.
 */
@Execution(ExecutionMode.CONCURRENT)
class PinFloodTests {

  private static final AccountId ACME = new AccountId("acme");
  private static final int CALLS = 800;
  private static final String RIGHT = "482913";
  private static final String WRONG = "111111";
  private static final Duration HOUR = Duration.ofHours(1);

  private final VirtualTime time = new VirtualTime(Duration.ofSeconds(60));
  private final SimulatedSwitch model =
      new SimulatedSwitch(time, SwitchSettings.seeded(1, PinFloodTests::length));
  private final InProcessSwitch ports = new InProcessSwitch(model, time);
  private final Map<String, ConferenceOutcome> outcomes = new HashMap<>();
  private final Map<String, String> pins = new HashMap<>();
  private final Map<String, Duration> joined = new HashMap<>();
  private final List<Duration> wrong = new ArrayList<>();
  private final List<String> order = new ArrayList<>();
  private final Set<String> waitedWithMusic = new HashSet<>();
  private final List<String> events = new ArrayList<>();
  private final CallflowEngine engine;
  private Duration stay = Duration.ofSeconds(1);

  PinFloodTests() {
    ObjectNode conference =
        Json.readObject(
            """
            {"name":"Board","member":{"join_muted":false,"pins":["482913"]},
             "max_participants":5}\
            """);
    ObjectNode callflow =
        Json.readObject(
            """
            {"numbers":["5000"],"flow":{"module":"conference",
             "data":{"id":"board","welcome_prompt":{"play":false}}}}\
            """);
    MemoryStore store =
        new MemoryStore()
            .account(ACME, Json.object())
            .system(Json.readObject("{\"limits\":{\"calls\":1000}}"))
            .put(ACME, DocumentType.CONFERENCE, "board", conference)
            .put(ACME, DocumentType.CALLFLOW, "flow", callflow);
    Conferences conferences =
        Conferences.builder(store, ports.mixer(), time)
            .observer((call, outcome) -> outcomes.put(call.value(), outcome))
            .build();
    conferences.onEvent(this::published);
    engine =
        CallflowEngine.builder(store, time)
            .modules(conferences.modules())
            .defaultAccount(ACME)
            .build();
    model.listen(this::happened);
  }

  private static Optional<Duration> length(String file) {
    return Optional.of(file.equals("hold_music") ? MediaLibrary.ENDLESS : Duration.ofMillis(500));
  }

  private void published(ConferenceEvent event) {
    events.add(event.name());
  }

  private void happened(SwitchEvent event) {
    switch (event) {
      case SwitchEvent.PlaybackStarted(var channel, var execution, String file) -> {
        String call = channel.uuid();
        switch (file) {
          case "conf-enter_conf_pin" ->
              time.after(Duration.ofMillis(100), call + " presses", () -> press(call));
          case "conf-bad_pin" -> {
            wrong.add(time.elapsed());
            order.add(call);
          }
          case "hold_music" -> waitedWithMusic.add(call);
          default -> {}
        }
      }
      case SwitchEvent.MemberAdded(var room, var member) -> {
        String call = member.channel().uuid();
        joined.put(call, time.elapsed());
        order.add(call);
        time.after(stay, call + " leaves", () -> hangUp(call));
      }
      default -> {}
    }
  }

  private void press(String call) {
    for (char key : (pins.getOrDefault(call, WRONG) + "#").toCharArray()) {
      model.press(call, key);
    }
  }

  private void hangUp(String call) {
    model.hangUp(call, EndedBy.CALLER, HangupCause.NORMAL_CLEARING);
  }

  private void call(String id, Duration at, String from, String pin) {
    pins.put(id, pin);
    time.at(
        at,
        Phase.CALLS,
        id,
        () -> {
          model.arrive(new NewChannel(id, from, "", "5000", "", Map.of()));
          engine.take(
              ports.leg(new CallId(id)),
              new IncomingCall("5000", from, "", Optional.empty(), Map.of()));
        });
  }

  private void runs() throws Exception {
    assertThat(time.run(HOUR.multipliedBy(24))).as("every call has ended").isTrue();
    time.close();
  }

  /** Returns the greatest number of guesses within any sixty seconds. */
  private int maxPerMinute() {
    int max = 0;
    for (int first = 0, last = 0; last < wrong.size(); last++) {
      while (wrong.get(last).minus(wrong.get(first)).compareTo(Duration.ofMinutes(1)) >= 0) {
        first++;
      }
      max = Math.max(max, last - first + 1);
    }
    return max;
  }

  /** Schedules an attack: fifty wrong guesses, from many numbers, before the given time. */
  private void attackBefore(Duration when) {
    for (int i = 0; i < 17; i++) {
      call("attacker" + i, when.minusSeconds(100).plusSeconds(i), "31" + i, WRONG);
    }
  }

  @Test
  void eightHundredCallsFromOneNumberGetTenGuessesOfWhichNineMayRetry() throws Exception {
    for (int i = 0; i < CALLS; i++) {
      call("c" + i, Duration.ZERO, "666", WRONG);
    }
    runs();
    assertThat(wrong).hasSize(9);
    assertThat(outcomes).hasSize(CALLS);
    assertThat(outcomes.values()).containsOnly(ConferenceOutcome.THROTTLED);
  }

  @Test
  void differentSpellingsOfANumberAreOneNumber() throws Exception {
    List<String> spellings =
        List.of(
            "+4930123",
            "004930123",
            "4930123",
            "+49 30 123",
            "+49-30-123",
            "+49 (0)30 123",
            "sip:+4930123@evil.example",
            "tel:+49-30-123;phone-context=x",
            "\uff0b4930123");
    for (int i = 0; i < CALLS; i++) {
      call("c" + i, Duration.ZERO, spellings.get(i % spellings.size()), WRONG);
    }
    runs();
    assertThat(wrong).hasSize(9);
  }

  @Test
  void eightHundredNumbersGetAtMostSixtyGuessesAMinute() throws Exception {
    for (int i = 0; i < CALLS; i++) {
      call("c" + i, Duration.ZERO, String.valueOf(100_000 + i), WRONG);
    }
    runs();
    assertThat(maxPerMinute()).isLessThanOrEqualTo(60);
    assertThat(wrong).hasSizeBetween(50, 120);
    assertThat(waitedWithMusic).hasSizeGreaterThan(CALLS - 100);
    assertThat(outcomes).hasSize(CALLS);
    assertThat(events).contains("conference-pin-attack");
  }

  @Test
  void theNumbersOfEarlierParticipantsDoNotBypassTheLimit() throws Exception {
    for (int i = 0; i < 80; i++) {
      call("friend" + i, Duration.ofSeconds(5L * i), "20" + i, RIGHT);
    }
    Duration attack = Duration.ofHours(1);
    for (int i = 0; i < CALLS; i++) {
      call("c" + i, attack, "20" + i % 80, WRONG);
    }
    runs();
    assertThat(joined).hasSize(80);
    assertThat(maxPerMinute()).isLessThanOrEqualTo(60);
  }

  @Test
  void theNumberOfAnEarlierParticipantGetsTenGuesses() throws Exception {
    call("friend", Duration.ZERO, "2001", RIGHT);
    attackBefore(HOUR);
    for (int i = 0; i < CALLS; i++) {
      call("c" + i, HOUR, "2001", WRONG);
    }
    runs();
    assertThat(wrong.stream().filter(it -> it.compareTo(HOUR) >= 0)).hasSize(9);
  }

  @Test
  void anAttackDoesNotDelayEarlierParticipants() throws Exception {
    call("friend", Duration.ZERO, "2001", RIGHT);
    for (int i = 0; i < CALLS; i++) {
      call("c" + i, HOUR, String.valueOf(100_000 + i), WRONG);
    }
    call("friend again", HOUR.plusSeconds(10), "+2001", RIGHT);
    call("newcomer", HOUR.plusSeconds(10), "2002", RIGHT);
    runs();
    assertThat(joined.get("friend again")).isLessThan(HOUR.plusSeconds(12));
    assertThat(waitedWithMusic).doesNotContain("friend again").contains("newcomer");
    assertThat(outcomes.get("newcomer")).isEqualTo(ConferenceOutcome.THROTTLED);
  }

  @Test
  void aParticipantOfMoreThanThirtyDaysAgoIsANewcomer() throws Exception {
    call("friend", Duration.ZERO, "2001", RIGHT);
    Duration later = Duration.ofDays(31);
    attackBefore(later);
    call("queue", later, "2002", WRONG);
    call("friend again", later, "2001", RIGHT);
    assertThat(time.run(Duration.ofDays(32))).isTrue();
    time.close();
    assertThat(waitedWithMusic).contains("friend again");
    assertThat(joined.get("friend again")).isGreaterThanOrEqualTo(later.plusSeconds(1));
  }

  @Test
  void newcomersAreCheckedOncePerSecondInOrderOfArrival() throws Exception {
    attackBefore(HOUR);
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      call("newcomer" + i, HOUR.plusMillis(i), "20" + i, RIGHT);
      expected.add("newcomer" + i);
    }
    runs();
    assertThat(order.subList(order.size() - 20, order.size())).isEqualTo(expected);
    for (int i = 1; i < 20; i++) {
      assertThat(joined.get("newcomer" + i).minus(joined.get("newcomer" + (i - 1))))
          .as("the time between the joins of the previous newcomer and newcomer%d", i)
          .isBetween(Duration.ofMillis(900), Duration.ofMillis(1_100));
    }
  }

  @Test
  void aCallerWhoHasWaitedThirtySecondsWithMusicIsThrottled() throws Exception {
    attackBefore(HOUR);
    for (int i = 0; i < 40; i++) {
      call("newcomer" + i, HOUR.plusMillis(i), "20" + i, RIGHT);
    }
    runs();
    for (int i = 0; i < 40; i++) {
      assertThat(outcomes.get("newcomer" + i))
          .as("newcomer%d", i)
          .isEqualTo(i < 31 ? ConferenceOutcome.LEFT : ConferenceOutcome.THROTTLED);
    }
    assertThat(waitedWithMusic).contains("newcomer39");
  }

  @Test
  void aCallerWhoHangsUpFreesTheirPlaceInTheQueue() throws Exception {
    attackBefore(HOUR);
    for (int i = 0; i < 20; i++) {
      String id = "newcomer" + i;
      call(id, HOUR.plusMillis(i), "20" + i, RIGHT);
      if (i > 0 && i < 19) {
        time.at(HOUR.plusMillis(1_200), Phase.WORK, id, () -> hangUp(id));
      }
    }
    runs();
    assertThat(joined.get("newcomer19")).isLessThan(HOUR.plusSeconds(4));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void theRoomKeepsItsPaceAndItsSeatsInAnyOrderOfEvents(long seed) throws Exception {
    Random random = new Random(seed);
    stay = Duration.ofSeconds(1 + random.nextInt(5));
    for (int i = 0; i < 20; i++) {
      call("friend" + i, Duration.ofMinutes(i), "30" + i, RIGHT);
    }
    for (int i = 0; i < CALLS / 2; i++) {
      String id = "c" + i;
      Duration at = HOUR.plusMillis(random.nextInt(120_000));
      boolean friend = random.nextInt(4) == 0;
      call(
          id,
          at,
          friend ? "30" + random.nextInt(20) : String.valueOf(100_000 + random.nextInt(300)),
          random.nextInt(8) == 0 ? RIGHT : WRONG);
      if (random.nextInt(3) == 0) {
        time.at(
            at.plusMillis(random.nextInt(40_000)), Phase.WORK, id + " hangs up", () -> hangUp(id));
      }
    }
    for (int i = 0; i < 5; i++) {
      call("last" + i, HOUR.multipliedBy(3).plusMillis(i), "40" + i, RIGHT);
    }
    runs();
    assertThat(outcomes).as("seed %d", seed).hasSize(20 + CALLS / 2 + 5);
    // Known numbers may make fifty wrong guesses in ten minutes before they, too, must wait.
    assertThat(maxPerMinute()).as("seed %d", seed).isLessThanOrEqualTo(60 + 50);
    for (int i = 0; i < 5; i++) {
      assertThat(outcomes.get("last" + i))
          .as("seed %d, last%d", seed, i)
          .isEqualTo(ConferenceOutcome.LEFT);
    }
  }
}
