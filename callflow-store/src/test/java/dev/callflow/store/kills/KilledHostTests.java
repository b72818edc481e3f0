package dev.callflow.store.kills;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Hosts that are killed in the middle of changes. Whatever the store has acknowledged is there when
 * it is opened again, whole; what it has not is there or not, as a whole.
 *
 * <p>{@code ./mvnw test -Pkills -pl callflow-store -am} kills thirty hosts of each store, {@code
 * -Dcallflow.kills=N} as many as wanted; {@code -Dcallflow.kills.seed=N} has them do the same
 * again, but for what depends on the machine. {@code ./mvnw verify} kills none: it takes minutes.
 */
@EnabledIfSystemProperty(named = "callflow.kills", matches = "\\d+")
class KilledHostTests {

  @TempDir private Path folder;

  @Test
  void aFolderKeepsWhatItHasAcknowledged() throws Exception {
    killHosts(new KilledFolder(folder));
  }

  @Test
  void h2KeepsWhatItHasAcknowledged() throws Exception {
    killHosts(new KilledH2(folder));
  }

  @Test
  void postgresKeepsWhatItHasAcknowledged() throws Exception {
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
        "%s: %d acknowledged changes, %d kills, changes lost or torn by %d, callflow.kills.seed=%d"
            .formatted(store.name(), series.writes(), kills, series.faults().size(), seed);
    System.out.println(summary);
    assertThat(series.faults()).as(summary).isEmpty();
  }
}
