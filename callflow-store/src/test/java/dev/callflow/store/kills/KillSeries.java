package dev.callflow.store.kills;

import dev.callflow.core.document.StoreUnavailableException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** Kills one host after the other, all at the same store, and compares the store after each. */
final class KillSeries {

  private static final int MAX_WRITES = 200;
  private static final Executor DEADLINE = CompletableFuture.delayedExecutor(2, TimeUnit.MINUTES);

  private final KilledStore store;
  private final Random random;
  private final List<String> faults = new ArrayList<>();
  private String place;
  private Ledger ledger;
  private int writes;

  KillSeries(KilledStore store, long seed) throws IOException {
    this.store = store;
    this.random = new Random(seed);
    this.place = store.make();
    this.ledger = new Ledger(store.revisionsStay());
  }

  /** Kills so many hosts. */
  void run(int kills) throws IOException, InterruptedException {
    for (int round = 0; round < kills; round++) {
      // Half of them early: opening a store and the first changes are moments of their own.
      int moment = random.nextInt(random.nextBoolean() ? MAX_WRITES / 10 : MAX_WRITES);
      int before = ledger.writes();
      killAfter(before + moment, round);
      store.settle();
      compare();
      writes += ledger.writes() - before;
      if (!ledger.faults().isEmpty()) {
        faults.add("kill %d, after %d writes: %s".formatted(round, moment, ledger.faults()));
        // What is wrong once stays wrong, and counts once.
        place = store.make();
        ledger = new Ledger(store.revisionsStay());
      }
    }
  }

  private void compare() {
    try (OpenStore opened = OpenStore.at(place)) {
      ledger.compare(opened);
    } catch (StoreUnavailableException e) {
      ledger.fault(e.getMessage());
    }
  }

  /** What was wrong, one text for each kill after which something was. */
  List<String> faults() {
    return List.copyOf(faults);
  }

  /** How many changes the hosts have acknowledged. */
  int writes() {
    return writes;
  }

  private void killAfter(int wanted, int round) throws IOException, InterruptedException {
    Process host = start();
    // Not a measure of time: only a host that hangs comes to it.
    DEADLINE.execute(host::destroyForcibly);
    boolean killed = false;
    try (BufferedReader said =
        new BufferedReader(
            new InputStreamReader(host.getInputStream(), StandardCharsets.US_ASCII))) {
      for (String line = said.readLine(); line != null; line = said.readLine()) {
        ledger.read(line);
        if (!killed && ledger.writes() >= wanted) {
          // By its handle: to destroy the Process would close the pipe, with what is still in it.
          store.kill(host.toHandle(), round);
          killed = true;
        }
      }
    } finally {
      host.destroyForcibly().waitFor();
    }
    if (!killed) {
      ledger.fault("the host ended by itself, or hung");
    }
  }

  private Process start() throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xshare:auto",
            "-cp",
            System.getProperty("java.class.path"),
            WritingHost.class.getName(),
            place,
            String.valueOf(random.nextLong()))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }
}
