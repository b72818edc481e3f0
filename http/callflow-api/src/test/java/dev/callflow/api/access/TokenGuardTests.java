package dev.callflow.api.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.callflow.api.access.TokenGuard.Checked;
import dev.callflow.simulator.time.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Unknown tokens are counted, slowed down and logged (docs/security.md#tokens). */
class TokenGuardTests {

  private static final String ATTACKER = "192.0.2.66";
  private static final String USER = "192.0.2.1";

  private final VirtualTime time = new VirtualTime();
  private final List<String> checked = new ArrayList<>();
  private final TokenGuard guard =
      new TokenGuard(this::authenticate, new FailureLimit(3, 2, Duration.ofMinutes(1)), time);
  private final Logger log = (Logger) LoggerFactory.getLogger(TokenGuard.class);
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

  private Optional<Access> authenticate(String token) {
    checked.add(token);
    return token.startsWith("good") ? Optional.of(new Access.SuperAdmin()) : Optional.empty();
  }

  @BeforeEach
  void listen() {
    lines.start();
    log.addAppender(lines);
    log.setAdditive(false);
  }

  @AfterEach
  void stop() {
    log.detachAppender(lines);
    log.setAdditive(true);
    time.close();
  }

  private void fail(String host, int times) {
    for (int i = 0; i < times; i++) {
      assertThat(guard.check(host, "secret-" + i)).isInstanceOf(Checked.Unknown.class);
    }
  }

  private void pass(Duration duration) throws InterruptedException {
    boolean[] passed = {false};
    time.after(duration, "test", () -> passed[0] = true);
    time.run(Duration.ofHours(1), () -> passed[0]);
  }

  @Test
  void tooManyUnknownTokensOfAnAddressAreRefusedWithoutACheck() {
    fail(ATTACKER, 3);
    checked.clear();
    assertThat(guard.check(ATTACKER, "secret-4"))
        .isEqualTo(
            new Checked.Throttled(
                Duration.ofSeconds(30),
                "too many unknown tokens from 192.0.2.66: the limit is 3 at once, then 2 in 60 s"));
    assertThat(checked).isEmpty();
  }

  @Test
  void anotherAttemptIsCheckedAfterAWhile() throws InterruptedException {
    fail(ATTACKER, 3);
    pass(Duration.ofSeconds(30));
    fail(ATTACKER, 1);
    assertThat(guard.check(ATTACKER, "secret")).isInstanceOf(Checked.Throttled.class);
  }

  @Test
  void otherAddressesAreNotAffected() {
    fail(ATTACKER, 3);
    assertThat(guard.check(USER, "good")).isInstanceOf(Checked.Valid.class);
    fail(USER, 1);
  }

  @Test
  void theAddressesOfAnIpv6NetworkAreCountedTogether() {
    fail("2001:db8::1", 2);
    fail("2001:db8::2", 1);
    assertThat(guard.check("2001:db8::3", "secret")).isInstanceOf(Checked.Throttled.class);
    fail("2001:db8:0:1::1", 1);
  }

  @Test
  void aTokenThatWasValidFromTheSameAddressStaysUsable() {
    guard.check(ATTACKER, "good");
    fail(ATTACKER, 3);
    assertThat(guard.check(ATTACKER, "good")).isInstanceOf(Checked.Valid.class);
    assertThat(guard.check(ATTACKER, "good-but-never-seen")).isInstanceOf(Checked.Throttled.class);
  }

  @Test
  void validTokensAreNotCounted() {
    for (int i = 0; i < 100; i++) {
      assertThat(guard.check(USER, "good-" + i)).isInstanceOf(Checked.Valid.class);
    }
  }

  /** Returns the lines about the addresses of this test; other tests may run at the same time. */
  private List<String> lines() {
    return List.copyOf(lines.list).stream()
        .map(it -> it.getLevel() + " " + it.getFormattedMessage())
        .filter(it -> !it.startsWith("WARN 127."))
        .toList();
  }

  @Test
  void failuresAreLoggedOnceAMinuteWithTheirCountAndWithoutTokens() throws InterruptedException {
    fail(ATTACKER, 3);
    guard.check(ATTACKER, "secret");
    guard.check(ATTACKER, "secret");
    pass(Duration.ofMinutes(1));
    fail(ATTACKER, 1);
    fail(USER, 1);
    assertThat(lines())
        .containsExactly(
            "WARN 192.0.2.66: 1 requests with an unknown token, 0 more refused without a check",
            "WARN 192.0.2.66: 3 requests with an unknown token, 2 more refused without a check",
            "WARN 192.0.2.1: 1 requests with an unknown token, 0 more refused without a check");
  }

  @Test
  void anAttackFromManyAddressesDoesNotFloodTheLog() {
    for (int i = 0; i < 200; i++) {
      fail("198.51.100." + i, 1);
    }
    assertThat(lines()).hasSize(30);
  }

  @Test
  void aLimitMustBeAtLeastOne() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new FailureLimit(0, 1, Duration.ofSeconds(1)))
        .withMessage("a limit must be at least 1, but is 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new FailureLimit(1, 1, Duration.ZERO))
        .withMessage("the period must be positive, but is PT0S");
  }
}
