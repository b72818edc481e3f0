package dev.callflow.benchmarks.decode;

import dev.callflow.benchmarks.process.Subject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Those who read the recording. */
public final class DecodeSubjects {

  private DecodeSubjects() {}

  /**
   * Makes one that decodes in memory; its task is how many passes to make.
   *
   * @param name see {@link Decoding#names}
   * @return the subject
   */
  public static Subject memory(String name) {
    Decoding decoding = Decoding.of(name);
    return task -> {
      Map<String, Double> sum = new HashMap<>();
      for (int i = Integer.parseInt(task.getFirst()); i > 0; i--) {
        decoding.measured().forEach((figure, value) -> sum.merge(figure, value, Double::sum));
      }
      return sum;
    };
  }

  /**
   * Makes one that receives over a socket; its task is how often to be sent the recording.
   *
   * @param name see {@link #socketNames}
   * @param port where the server is
   * @return the subject
   * @throws InterruptedException if interrupted while connecting
   */
  public static Subject socket(String name, int port) throws InterruptedException {
    Receiving receiving = Receiving.of(name, port);
    return task -> receiving.measured(Integer.parseInt(task.getFirst()));
  }

  /**
   * Lists those that receive over a socket.
   *
   * @return their names
   */
  public static List<String> socketNames() {
    return Receiving.names();
  }
}
