package dev.callflow.freeswitch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class LegTurnsTests {

  private final LegTurns turns = new LegTurns();
  private final List<String> done = new ArrayList<>();

  @Test
  void anEventIsHandledAtOnceIfNoCommandIsGiven() {
    turns.event(() -> done.add("event"));

    assertThat(done).containsExactly("event");
  }

  @Test
  void eventsDoNotWaitForACommandAndAreHandledAfterIt() {
    turns.command(() -> {
      onAnotherThread(() -> {
        turns.event(() -> done.add("first event"));
        turns.event(() -> done.add("second event"));
      });
      done.add("command");
    });

    assertThat(done).containsExactly("command", "first event", "second event");
  }

  @Test
  void anEventAfterACommandThatFailedIsHandled() {
    CompletableFuture<Void> failed =
        CompletableFuture.runAsync(() ->
            turns.command(() -> {
              turns.event(() -> done.add("event"));
              throw new IllegalStateException("thrown on purpose by this test");
            }));

    assertThat(failed.handle((nothing, failure) -> failure).join())
        .hasRootCauseMessage("thrown on purpose by this test");
    assertThat(done).containsExactly("event");
  }

  private static void onAnotherThread(Runnable task) {
    CompletableFuture.runAsync(task).join();
  }
}
