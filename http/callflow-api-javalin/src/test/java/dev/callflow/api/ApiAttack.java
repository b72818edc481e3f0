package dev.callflow.api;

import dev.callflow.waiting.Eventually;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;

/**
 * An attack on an API: WebSockets without a token, requests that arrive drop by drop, and large
 * documents of the account {@code other}, again and again, all at once. Comes from the addresses
 * 127.0.1.1, 127.0.1.2 and so on.
 */
final class ApiAttack implements AutoCloseable {

  /** The number of connections from each address. */
  static final int BY_ADDRESS = 500;

  /** The time between two drops. */
  private static final Duration PAUSE = Duration.ofMillis(20);

  /**
   * The size of an attack.
   *
   * @param sockets the number of WebSockets
   * @param drips the number of dripping requests
   * @param documents the number of documents that are sent at the same time
   * @param bytes the size of a document
   */
  record Size(int sockets, int drips, int documents, int bytes) {
    @Override
    public String toString() {
      return sockets + " sockets, " + drips + " dripping requests and " + documents + " documents";
    }
  }

  private final InetSocketAddress server;
  private final HttpClient http = HttpClient.newHttpClient();
  private final List<RawClient> clients = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  private final CountDownLatch posted;
  private final Runnable progress;
  private volatile boolean closed;

  /**
   * Begins the attack; returns when all connections have been opened.
   *
   * @param progress is run after each connection
   */
  ApiAttack(InetSocketAddress server, Size size, Runnable progress) {
    this.server = server;
    this.progress = progress;
    posted = new CountDownLatch(size.documents());
    for (int i = 0; i < size.sockets(); i++) {
      client()
          .trySend(
              "GET / HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                  + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                  + "\r\n");
    }
    List<RawClient> dripping = new ArrayList<>();
    for (int i = 0; i < size.drips(); i++) {
      RawClient drip = client();
      drip.trySend(
          "PUT /v2/accounts/other/conferences HTTP/1.1\r\nHost: localhost\r\n"
              + "X-Auth-Token: other-token\r\nContent-Length: 2000\r\n\r\n");
      dripping.add(drip);
    }
    start(() -> drip(dripping));
    String document =
        "{\"data\":{\"name\":\"x\",\"list\":[" + "0,".repeat(size.bytes() / 2 - 20) + "0]}}";
    for (int i = 0; i < size.documents(); i++) {
      start(() -> {
        while (!closed) {
          post(document);
        }
      });
    }
  }

  private RawClient client() {
    RawClient client = new RawClient("127.0.1." + (1 + clients.size() / BY_ADDRESS), server);
    clients.add(client);
    progress.run();
    return client;
  }

  private void start(Runnable task) {
    threads.add(Thread.ofVirtual().start(task));
  }

  private void drip(List<RawClient> dripping) {
    while (!closed) {
      dripping.forEach(drip -> drip.trySend(" "));
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }

  private void post(String document) {
    URI conferences =
        URI.create("http://127.0.0.1:" + server.getPort() + "/v2/accounts/other/conferences");
    try {
      http.send(
          HttpRequest.newBuilder(conferences)
              .PUT(BodyPublishers.ofString(document))
              .header("X-Auth-Token", "other-token")
              .build(),
          BodyHandlers.discarding());
    } catch (IOException e) {
      // An attacker does not mind whether the server refuses the document.
      return;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      posted.countDown();
    }
  }

  /** Returns whether as many documents have been posted as are sent at the same time. */
  boolean isComplete() {
    return posted.getCount() == 0;
  }

  @Override
  public void close() {
    closed = true;
    http.shutdownNow();
    clients.forEach(RawClient::close);
    threads.forEach(Eventually::ended);
  }

  /**
   * Attacks until the input ends. Run in a process of its own, because an attack at full size needs
   * as many file descriptors as the server. Prints a dot for each connection, and the word {@code
   * complete} when all connections are open and as many documents have been posted as are sent at
   * the same time.
   */
  public static void main(String[] arguments) throws IOException {
    Size size =
        new Size(
            Integer.parseInt(arguments[1]),
            Integer.parseInt(arguments[2]),
            Integer.parseInt(arguments[3]),
            Integer.parseInt(arguments[4]));
    InetSocketAddress server = new InetSocketAddress("127.0.0.1", Integer.parseInt(arguments[0]));
    try (ApiAttack attack = new ApiAttack(server, size, () -> System.out.println("."))) {
      Eventually.holds("the attack is complete", attack::isComplete);
      System.out.println("complete");
      while (System.in.read() >= 0) {
        // Goes on until the test ends.
      }
    }
  }
}
