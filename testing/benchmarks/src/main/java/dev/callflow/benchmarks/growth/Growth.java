package dev.callflow.benchmarks.growth;

import java.util.Locale;

/** Measures and prints how costs grow; {@code benchmarks/run growth} runs it. */
public final class Growth {

  private Growth() {}

  /**
   * Runs the benchmark.
   *
   * @param args not used
   */
  public static void main(String[] args) {
    System.out.printf(
        Locale.ROOT,
        "Java %s, %d MB of heap%n",
        Runtime.version().feature(),
        Runtime.getRuntime().maxMemory() >> 20);
    System.out.println(
        "CPU time at the smallest size, and how many times as much it is at larger ones");
    GrowthOfRooms.print();
    GrowthOfDocuments.print();
    GrowthOfSubscribers.print();
    GrowthOfClients.print();
    GrowthOfAnswers.print();
  }
}
