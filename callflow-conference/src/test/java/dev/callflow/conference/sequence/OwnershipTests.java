package dev.callflow.conference.sequence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.callflow.core.time.TimeSource;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class OwnershipTests {

  private final Ownership ownership =
      new Ownership(TimeSource.system(), "room", Duration.ZERO, 10, () -> {});

  private static void overflow() {
    throw new StackOverflowError();
  }

  @Test
  void theStateIsGivenUpAfterAnErrorInATask() {
    assertThatThrownBy(() -> ownership.tell(OwnershipTests::overflow))
        .isInstanceOf(StackOverflowError.class);

    assertThat(ownership.ask(() -> "decided")).contains("decided");
  }

  @Test
  void laterEffectsLeaveAfterAnErrorInAnEffect() {
    StringBuilder left = new StringBuilder();
    assertThatThrownBy(() ->
            ownership.tell(() -> {
              ownership.effect(OwnershipTests::overflow);
              ownership.effect(() -> left.append("second "));
            }))
        .isInstanceOf(StackOverflowError.class);

    ownership.tell(() -> ownership.effect(() -> left.append("third")));

    assertThat(left).hasToString("second third");
  }
}
