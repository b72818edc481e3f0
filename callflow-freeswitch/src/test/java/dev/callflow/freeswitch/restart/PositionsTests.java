package dev.callflow.freeswitch.restart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.core.call.Position;
import dev.callflow.core.call.Position.Place;
import dev.callflow.core.document.AccountId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A position can be used once, within a day, by one channel in one run of FreeSWITCH. */
class PositionsTests {

  private static final Position POSITION =
      new Position(
          new AccountId("acme"),
          "5000",
          new Place("front", "/flow/children/1"),
          List.of(new Place("preflow", "/flow")),
          Map.of("step", "pin", "tries", "1", "conference", "board"));

  private static final String UUID = "5f72c1e0-2899-4eee-923d-05ced7d2409c";
  private static final String CORE = "e8fac21b-a20f-4345-b90a-000000000001";

  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private final Positions positions = new Positions(key("a"), () -> now);
  private final String signed = positions.sign(UUID, CORE, POSITION);

  private static PositionKey key(String letter) {
    return PositionKey.of(letter.repeat(32).getBytes(StandardCharsets.US_ASCII));
  }

  @Test
  void aSignedPositionIsReadBackUnchanged() {
    assertThat(positions.read(UUID, CORE, signed)).contains(POSITION);
    assertThat(use(signed)).contains(POSITION);
  }

  private Optional<Position> use(String text) {
    return positions.use(UUID, CORE, text).map(Positions.Used::position);
  }

  @Test
  void aSignedPositionContainsOnlyCharactersThatAVariableMayContain() {
    assertThat(signed).matches("[A-Za-z0-9_.-]+");
  }

  @Test
  void aPositionCanBeUsedOnlyOnce() {
    assertThat(use(signed)).isPresent();
    assertThat(use(signed)).isEmpty();
    assertThat(positions.read(UUID, CORE, signed)).isEmpty();
  }

  @Test
  void aPositionCanBeUsedAgainIfItsConnectionEndedBeforeTheNextOneWasStored() {
    Positions.Used used = positions.use(UUID, CORE, signed).orElseThrow();
    positions.release(used.serial());
    assertThat(use(signed)).isPresent();
  }

  @Test
  void aPositionExpiresAfterADay() {
    now = now.plus(Duration.ofHours(24)).minusSeconds(1);
    assertThat(positions.read(UUID, CORE, signed)).isPresent();
    now = now.plusSeconds(1);
    assertThat(use(signed)).isEmpty();
  }

  @Test
  void aPositionIsNotValidForAnotherCallOrAnotherRunOfFreeSwitch() {
    assertThat(positions.read("another", CORE, signed)).isEmpty();
    assertThat(positions.read(UUID, "another", signed)).isEmpty();
  }

  @Test
  void aPositionIsNotValidWithAnotherKey() {
    assertThat(new Positions(key("b"), () -> now).read(UUID, CORE, signed)).isEmpty();
  }

  @Test
  void changingACharacterMakesAPositionInvalid() {
    for (int i = 0; i < signed.length() - 1; i++) {
      char other = signed.charAt(i) == 'A' ? 'B' : 'A';
      String forged = signed.substring(0, i) + other + signed.substring(i + 1);
      assertThat(positions.read(UUID, CORE, forged)).as("changed at index " + i).isEmpty();
    }
  }

  @Test
  void otherTextIsNotAPosition() {
    for (String text : List.of("", ".", "a", "a.b", "..", "_undef_", "é.é", "x".repeat(20_000))) {
      assertThat(use(text)).as(text.substring(0, Math.min(8, text.length()))).isEmpty();
    }
  }
}
