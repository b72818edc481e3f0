package dev.callflow.api.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SocketLimitsTests {

  @Test
  void changingALimitKeepsTheOthers() {
    SocketLimits limits =
        SocketLimits.STANDARD
            .clients(10, 2, 5)
            .slow(5, Duration.ofSeconds(1))
            .silent(Duration.ofSeconds(2), Duration.ofSeconds(3))
            .sent(100, 4, 3)
            .authenticating(7, Duration.ofSeconds(8), Duration.ofSeconds(9));

    assertThat(limits)
        .isEqualTo(
            new SocketLimits(
                new SocketLimits.Connections(10, 2, 5),
                SocketLimits.STANDARD.bindings(),
                new SocketLimits.Backlog(5, Duration.ofSeconds(1)),
                new SocketLimits.Silence(Duration.ofSeconds(2), Duration.ofSeconds(3)),
                new SocketLimits.Frames(100, 4, 3),
                new SocketLimits.Authentication(7, Duration.ofSeconds(8), Duration.ofSeconds(9))));
  }

  @Test
  void limitsBelowOneAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SocketLimits.STANDARD.clients(0, 1, 1))
        .withMessage("a limit must be at least 1, but is 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SocketLimits.STANDARD.sent(1, 1, -2))
        .withMessage("a limit must be at least 1, but is -2");
  }

  @Test
  void timeoutsMustBePositive() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SocketLimits.STANDARD.slow(1, Duration.ZERO))
        .withMessageContaining("PT0S");
  }
}
