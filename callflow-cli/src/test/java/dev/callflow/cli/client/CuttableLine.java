package dev.callflow.cli.client;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A line to a server that a test can cut: then all connections end, and new ones end at once. */
final class CuttableLine implements AutoCloseable {

  private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final int to;
  private volatile boolean cut;

  CuttableLine(int to) throws IOException {
    this.to = to;
    Thread.ofVirtual().start(this::accept);
  }

  String url() {
    return "http://127.0.0.1:" + server.getLocalPort();
  }

  private void accept() {
    try {
      while (true) {
        Socket client = server.accept();
        open.add(client);
        if (cut) {
          client.close();
          continue;
        }
        Socket host = new Socket(InetAddress.getLoopbackAddress(), to);
        open.add(host);
        Thread.ofVirtual().start(() -> copy(client, host));
        Thread.ofVirtual().start(() -> copy(host, client));
        if (cut) {
          cut();
        }
      }
    } catch (IOException e) {
      // The test has closed the line.
    }
  }

  private static void copy(Socket from, Socket to) {
    try (from;
        to;
        InputStream in = from.getInputStream()) {
      in.transferTo(to.getOutputStream());
    } catch (IOException e) {
      // One of the ends is closed.
    }
  }

  void cut() throws IOException {
    cut = true;
    for (Socket each : open) {
      each.close();
    }
  }

  void mend() {
    cut = false;
  }

  @Override
  public void close() throws IOException {
    server.close();
    cut();
  }
}
