package dev.callflow.benchmarks.decode;

import dev.callflow.benchmarks.process.Subject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Subjects that read the recording. */
public final class DecodeSubjects {

  private DecodeSubjects() {}

  /**
   * Creates a subject that decodes in memory. Its task is the number of passes.
   *
   * @param name one of {@link Decoding#names}
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
   * Creates a subject that receives over a socket. Its task is the number of times that the server
   * sends the recording.
   *
   * @param name one of {@link #socketNames}
   * @param port the port of the server
   * @return the subject
   * @throws InterruptedException if interrupted while connecting
   */
  public static Subject socket(String name, int port) throws InterruptedException {
    SocketReceiver receiver = SocketReceiver.of(name, port);
    return task -> receiver.measured(Integer.parseInt(task.getFirst()));
  }

  /**
   * Returns the names of the subjects that receive over a socket.
   *
   * @return the names
   */
  public static List<String> socketNames() {
    return SocketReceiver.names();
  }
}
