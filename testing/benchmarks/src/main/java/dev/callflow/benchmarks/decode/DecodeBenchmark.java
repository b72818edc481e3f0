package dev.callflow.benchmarks.decode;

import dev.callflow.benchmarks.stream.Recording;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Measures the time to decode one event of the recording in memory. Use it with JMH's profilers
 * while changing the codec ({@code benchmarks/run jmh -prof gc}). It does not check whether the
 * bars are met: the load programs do that, by measuring the CPU time of subjects that take turns.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class DecodeBenchmark {

  /** The decoder to measure: one of {@link Decoding#names}. */
  @Param({"own-borrowed-compared", "own-owned", "own-owned-read", "own-map", "framing", "scan"})
  public String decoding = "";

  private Decoding current = Decoding.of("scan");

  /** Creates the state of the benchmark. */
  public DecodeBenchmark() {}

  /** Unpacks the recording. */
  @Setup
  public void unpack() {
    current = Decoding.of(decoding);
  }

  /**
   * Decodes each event once.
   *
   * @return the number of events so far
   */
  @Benchmark
  @OperationsPerInvocation(Recording.EVENTS)
  public long event() {
    current.pass();
    return current.handled.events();
  }
}
