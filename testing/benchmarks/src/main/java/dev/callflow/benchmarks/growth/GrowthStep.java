package dev.callflow.benchmarks.growth;

/** Does something once, or several times. */
interface GrowthStep {

  /** Returns how often it was done. */
  int run();
}
