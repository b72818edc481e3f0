package dev.callflow.benchmarks.roundtrip;

import dev.callflow.benchmarks.process.Cost;
import java.util.Map;
import java.util.concurrent.Semaphore;

/** A way to send a command and wait for its reply. */
abstract class CommandSender {

  private static final double MICROS = 1e3;
  private static final int WINDOW = 256;

  /** Sends a command and waits for its reply. Called on a virtual thread. */
  abstract void send() throws Exception;

  /** Sends a command, and releases a permit when its reply has arrived. */
  abstract void send(Semaphore permits);

  /** Makes the server send events on this connection. */
  abstract void flow(int eventsPerSecond) throws Exception;

  /** Sends commands one after another, and measures the time from each command to its reply. */
  Map<String, Double> times(int commands, int eventsPerSecond) throws Exception {
    double[] micros = new double[commands];
    flow(eventsPerSecond);
    double cpu = Cost.processSeconds();
    long start = System.nanoTime();
    time(micros);
    double seconds = (System.nanoTime() - start) / 1e9;
    cpu = Cost.processSeconds() - cpu;
    flow(0);
    return Map.of(
        "p50",
        Cost.percentile(micros, 0.5),
        "p99",
        Cost.percentile(micros, 0.99),
        "rate",
        commands / seconds,
        "cpu",
        cpu / commands * 1e6);
  }

  void time(double[] micros) throws Exception {
    Thread thread =
        Thread.ofVirtual()
            .start(() -> {
              for (int i = 0; i < micros.length; i++) {
                long sent = System.nanoTime();
                sendOnce();
                micros[i] = (System.nanoTime() - sent) / MICROS;
              }
            });
    thread.join();
  }

  private void sendOnce() {
    try {
      send();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** Sends commands without waiting, with up to 256 unanswered at once. */
  Map<String, Double> pipelined(int commands) throws InterruptedException {
    double cpu = Cost.processSeconds();
    long start = System.nanoTime();
    Thread thread =
        Thread.ofVirtual()
            .start(() -> {
              Semaphore permits = new Semaphore(WINDOW);
              for (int i = 0; i < commands; i++) {
                permits.acquireUninterruptibly();
                send(permits);
              }
              permits.acquireUninterruptibly(WINDOW);
            });
    thread.join();
    double seconds = (System.nanoTime() - start) / 1e9;
    cpu = Cost.processSeconds() - cpu;
    return Map.of("rate", commands / seconds, "cpu", cpu / commands * 1e6);
  }
}
