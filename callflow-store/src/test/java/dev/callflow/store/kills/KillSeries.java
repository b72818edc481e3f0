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

/** Kills a series of hosts that write to the same stores, and checks the stores after each kill. */
final class KillSeries {

  private static final int MAX_WRITES = 200;
  private static final Executor DEADLINE = CompletableFuture.delayedExecutor(2, TimeUnit.MINUTES);

  private final KilledStore store;
  private final Random random;
  private final List<String> faults = new ArrayList<>();
  private final List<String> addresses = new ArrayList<>();
  private final List<Ledger> ledgers = new ArrayList<>();
  private int writes;

  KillSeries(KilledStore store, long seed) throws IOException {
    this.store = store;
    this.random = new Random(seed);
    for (int i = 0; i < store.stores(); i++) {
      addresses.add(store.create());
      ledgers.add(new Ledger(store.revisionsStay()));
    }
  }

  /** Kills hosts, one after another. */
  void run(int kills) throws IOException, InterruptedException {
    for (int round = 0; round < kills; round++) {
      // Kill half of the hosts early, while they open a store or make their first changes.
      int changes = random.nextInt(random.nextBoolean() ? MAX_WRITES / 10 : MAX_WRITES);
      killAfter(changes, round);
      store.settle();
      for (int i = 0; i < addresses.size(); i++) {
        compare(addresses.get(i), ledgers.get(i));
        List<String> wrong = ledgers.get(i).faults();
        if (!wrong.isEmpty()) {
          faults.add("kill %d, after %d changes: %s".formatted(round, changes, wrong));
          // Continue with a new store, so that the fault is counted only once.
          addresses.set(i, store.create());
          ledgers.set(i, new Ledger(store.revisionsStay()));
        }
      }
    }
  }

  private static void compare(String address, Ledger ledger) {
    try (OpenStore opened = OpenStore.at(address)) {
      ledger.compare(opened);
    } catch (StoreUnavailableException e) {
      ledger.fault(e.getMessage());
    }
  }

  /** Returns the faults, with one message for each kill and store. */
  List<String> faults() {
    return List.copyOf(faults);
  }

  /** Returns how many changes the hosts have acknowledged. */
  int writes() {
    return writes;
  }

  private void killAfter(int changes, int round) throws IOException, InterruptedException {
    Process host = start();
    // Only a host that hangs reaches this deadline.
    DEADLINE.execute(host::destroyForcibly);
    boolean killed = false;
    int done = 0;
    try (BufferedReader output =
        new BufferedReader(
            new InputStreamReader(host.getInputStream(), StandardCharsets.US_ASCII))) {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        int space = line.indexOf(' ');
        Ledger ledger = ledgers.get(Integer.parseInt(line.substring(0, space)) - 1);
        if (ledger.read(line.substring(space + 1))) {
          done++;
        }
        if (!killed && done >= changes) {
          // Use the handle: destroying the Process would close the pipe and lose its content.
          store.kill(host.toHandle(), round);
          killed = true;
        }
      }
    } finally {
      host.destroyForcibly().waitFor();
    }
    writes += done;
    if (!killed) {
      ledgers.getFirst().fault("the host hung, or exited before it was killed");
    }
  }

  private Process start() throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(WritingHost.class.getName());
    command.add(String.valueOf(random.nextLong()));
    command.addAll(addresses);
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }
}
