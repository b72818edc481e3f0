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

/** Kills one host after the other, all at the same stores, and compares these after each. */
final class KillSeries {

  private static final int MAX_WRITES = 200;
  private static final Executor DEADLINE = CompletableFuture.delayedExecutor(2, TimeUnit.MINUTES);

  private final KilledStore store;
  private final Random random;
  private final List<String> faults = new ArrayList<>();
  private final List<String> places = new ArrayList<>();
  private final List<Ledger> ledgers = new ArrayList<>();
  private int writes;

  KillSeries(KilledStore store, long seed) throws IOException {
    this.store = store;
    this.random = new Random(seed);
    for (int i = 0; i < store.stores(); i++) {
      places.add(store.make());
      ledgers.add(new Ledger(store.revisionsStay()));
    }
  }

  /** Kills so many hosts. */
  void run(int kills) throws IOException, InterruptedException {
    for (int round = 0; round < kills; round++) {
      // Half of them early: opening a store and the first changes are moments of their own.
      int moment = random.nextInt(random.nextBoolean() ? MAX_WRITES / 10 : MAX_WRITES);
      killAfter(moment, round);
      store.settle();
      for (int i = 0; i < places.size(); i++) {
        compare(places.get(i), ledgers.get(i));
        List<String> wrong = ledgers.get(i).faults();
        if (!wrong.isEmpty()) {
          faults.add("kill %d, after %d changes: %s".formatted(round, moment, wrong));
          // What is wrong once stays wrong, and counts once.
          places.set(i, store.make());
          ledgers.set(i, new Ledger(store.revisionsStay()));
        }
      }
    }
  }

  private static void compare(String place, Ledger ledger) {
    try (OpenStore opened = OpenStore.at(place)) {
      ledger.compare(opened);
    } catch (StoreUnavailableException e) {
      ledger.fault(e.getMessage());
    }
  }

  /** What was wrong, one text for each store and kill after which something was. */
  List<String> faults() {
    return List.copyOf(faults);
  }

  /** How many changes the hosts have acknowledged. */
  int writes() {
    return writes;
  }

  private void killAfter(int moment, int round) throws IOException, InterruptedException {
    Process host = start();
    // Not a measure of time: only a host that hangs comes to it.
    DEADLINE.execute(host::destroyForcibly);
    boolean killed = false;
    int done = 0;
    try (BufferedReader said =
        new BufferedReader(
            new InputStreamReader(host.getInputStream(), StandardCharsets.US_ASCII))) {
      for (String line = said.readLine(); line != null; line = said.readLine()) {
        int space = line.indexOf(' ');
        Ledger ledger = ledgers.get(Integer.parseInt(line.substring(0, space)) - 1);
        if (ledger.read(line.substring(space + 1))) {
          done++;
        }
        if (!killed && done >= moment) {
          // By its handle: to destroy the Process would close the pipe, with what is still in it.
          store.kill(host.toHandle(), round);
          killed = true;
        }
      }
    } finally {
      host.destroyForcibly().waitFor();
    }
    writes += done;
    if (!killed) {
      ledgers.getFirst().fault("the host ended by itself, or hung");
    }
  }

  private Process start() throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(WritingHost.class.getName());
    command.add(String.valueOf(random.nextLong()));
    command.addAll(places);
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }
}
