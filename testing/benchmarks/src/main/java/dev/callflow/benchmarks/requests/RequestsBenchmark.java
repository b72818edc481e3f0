package dev.callflow.benchmarks.requests;

import dev.callflow.benchmarks.process.Cost;
import dev.callflow.benchmarks.process.SubjectProcess;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

/**
 * Measures how many requests for a running conference with 100 participants one core can answer in
 * a second, according to the CPU time of the whole server process. The requests use eight
 * connections. For comparison, it also measures a bare server that answers with the same number of
 * bytes. {@code benchmarks/run requests} runs the benchmark.
 */
public final class RequestsBenchmark {

  private static final int CONNECTIONS = 8;
  private static final int REQUESTS = 20_000;
  private static final int WARM_UPS = 4;
  private static final int ROUNDS = 7;

  private RequestsBenchmark() {}

  /**
   * Runs the benchmark.
   *
   * @param args not used
   */
  public static void main(String[] args) {
    try (SubjectProcess own = new SubjectProcess("requests/own", 0)) {
      int length = length(port(own));
      try (SubjectProcess bare = new SubjectProcess("requests/bare", length)) {
        for (int i = 0; i < WARM_UPS; i++) {
          perSecond(own);
          perSecond(bare);
        }
        double[] ours = new double[ROUNDS];
        double[] theirs = new double[ROUNDS];
        double[] ratios = new double[ROUNDS];
        for (int i = 0; i < ROUNDS; i++) {
          ours[i] = perSecond(own);
          theirs[i] = perSecond(bare);
          ratios[i] = ours[i] / theirs[i];
        }
        System.out.printf(
            Locale.ROOT,
            "a running conference of %d, %,d bytes: %,.0f requests per CPU second (bar: 5,000);"
                + " a bare server: %,.0f; ratio %.2f (medians of %d rounds, Java %s)%n",
            RequestSubjects.PARTICIPANTS,
            length,
            Cost.percentile(ours, 0.5),
            Cost.percentile(theirs, 0.5),
            Cost.percentile(ratios, 0.5),
            ROUNDS,
            Runtime.version().feature());
      }
    }
  }

  private static int port(SubjectProcess subject) {
    return (int) subject.round("port").get("port");
  }

  private static double perSecond(SubjectProcess subject) {
    int port = port(subject);
    double before = subject.round("cost").get("cpu");
    try (ExecutorService connections = Executors.newFixedThreadPool(CONNECTIONS)) {
      IntStream.range(0, CONNECTIONS).forEach(i -> connections.execute(() -> sendRequests(port)));
    }
    return REQUESTS / (subject.round("cost").get("cpu") - before);
  }

  private static int length(int port) {
    try (Socket socket = new Socket("127.0.0.1", port)) {
      return request(socket, new BufferedInputStream(socket.getInputStream()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void sendRequests(int port) {
    try (Socket socket = new Socket("127.0.0.1", port)) {
      socket.setTcpNoDelay(true);
      InputStream in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
      for (int i = 0; i < REQUESTS / CONNECTIONS; i++) {
        request(socket, in);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sends a request, reads the response and returns the length of its body. */
  private static int request(Socket socket, InputStream in) throws IOException {
    socket
        .getOutputStream()
        .write(
            ("GET "
                    + RequestSubjects.PATH
                    + " HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Auth-Token: "
                    + RequestSubjects.TOKEN
                    + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
    String status = line(in);
    if (!status.startsWith("HTTP/1.1 200")) {
      throw new IOException(status);
    }
    int length = -1;
    for (String header = line(in); !header.isEmpty(); header = line(in)) {
      if (header.toLowerCase(Locale.ROOT).startsWith("content-length: ")) {
        length = Integer.parseInt(header.substring("content-length: ".length()));
      }
    }
    if (length >= 0) {
      in.skipNBytes(length);
      return length;
    }
    return chunks(in);
  }

  private static int chunks(InputStream in) throws IOException {
    int length = 0;
    for (int chunk = Integer.parseInt(line(in), 16);
        chunk > 0;
        chunk = Integer.parseInt(line(in), 16)) {
      in.skipNBytes(chunk + 2L);
      length += chunk;
    }
    line(in);
    return length;
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new EOFException();
      }
      if (next != '\r') {
        line.append((char) next);
      }
    }
    return line.toString();
  }
}
