package dev.callflow.host.history;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What waits for the store has a bound. */
class BacklogTests {

  private static final Happening FIRST = new Happening.HostClosed(true);
  private static final Happening SECOND = new Happening.HostClosed(false);

  @Test
  void theOldestMakeRoomAndAreCounted() {
    Backlog backlog = new Backlog(2);
    backlog.add(FIRST);
    backlog.add(FIRST);
    backlog.add(SECOND);

    assertThat(backlog.dropped()).isEqualTo(1);
    assertThat(backlog.take(10)).containsExactly(FIRST, SECOND);
  }

  @Test
  void theOldestAreTakenFirst() {
    Backlog backlog = new Backlog(10);
    backlog.add(FIRST);
    backlog.add(SECOND);

    assertThat(backlog.take(1)).containsExactly(FIRST);
    assertThat(backlog.take(1)).containsExactly(SECOND);
    assertThat(backlog.take(1)).isEmpty();
  }
}
