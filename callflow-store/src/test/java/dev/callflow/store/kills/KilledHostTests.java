package dev.callflow.store.kills;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills hosts while they change documents. After a restart, a store contains every acknowledged
 * change completely; an unacknowledged change is either complete or absent.
 *
 * <p>{@code ./mvnw test -Pkills -pl callflow-store -am} kills thirty hosts for each store; {@code
 * -Dcallflow.kills=N} sets the number, and {@code -Dcallflow.kills.seed=N} repeats a run except for
 * the timing. {@code ./mvnw verify} skips this test, which takes minutes.
 */
@EnabledIfSystemProperty(named = "callflow.kills", matches = "\\d+")
class KilledHostTests {

  @TempDir private Path folder;

  @Test
  void aFolderKeepsAcknowledgedChanges() throws Exception {
    killHosts(new KilledFolder(folder));
  }

  @Test
  void h2KeepsAcknowledgedChanges() throws Exception {
    killHosts(new KilledH2(folder));
  }

  @Test
  void postgresKeepsAcknowledgedChanges() throws Exception {
    try (KilledPostgres store = new KilledPostgres(folder.resolve("data"))) {
      killHosts(store);
    }
  }

  private static void killHosts(KilledStore store) throws Exception {
    long seed = Long.getLong("callflow.kills.seed", new Random().nextLong());
    int kills = Integer.getInteger("callflow.kills");
    KillSeries series = new KillSeries(store, seed);
    series.run(kills);
    String summary =
        "%s: acknowledged changes: %d, kills: %d, faults: %d, callflow.kills.seed=%d"
            .formatted(store.name(), series.writes(), kills, series.faults().size(), seed);
    System.out.println(summary);
    assertThat(series.faults()).as(summary).isEmpty();
  }
}
