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
 * Time for one event of the recording, in memory: for who changes the codec, with JMH's profilers
 * ({@code benchmarks/run jmh -prof gc}). The bars are judged by the load programs, which measure
 * CPU time in turns.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class DecodeBenchmark {

  /** What is measured: one of {@link Decoding#names}. */
  @Param({"own-borrowed-compared", "own-owned", "own-owned-read", "own-map", "framing", "scan"})
  public String decoding = "";

  private Decoding present = Decoding.of("scan");

  /** Makes the benchmark's state. */
  public DecodeBenchmark() {}

  /** Unpacks the recording. */
  @Setup
  public void unpack() {
    present = Decoding.of(decoding);
  }

  /**
   * Looks at each event once.
   *
   * @return how many events there were so far
   */
  @Benchmark
  @OperationsPerInvocation(Recording.EVENTS)
  public long event() {
    present.pass();
    return present.handled.events();
  }
}
