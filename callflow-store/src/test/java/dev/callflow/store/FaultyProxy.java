package dev.callflow.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A proxy to a local server that can close its connections, or silently discard their data. */
final class FaultyProxy implements AutoCloseable {

  private final int server;
  private final ServerSocket listener;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private volatile boolean cut;
  private volatile boolean discarding;

  FaultyProxy(int server) throws IOException {
    this.server = server;
    listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  int port() {
    return listener.getLocalPort();
  }

  void cut() throws IOException {
    cut = true;
    for (Socket socket : open) {
      socket.close();
    }
  }

  void discard() {
    discarding = true;
  }

  void restore() throws IOException {
    // The connections cannot continue, because discarded data is lost.
    if (discarding) {
      cut();
    }
    discarding = false;
    cut = false;
  }

  private void accept() {
    try {
      while (true) {
        Socket client = listener.accept();
        if (cut) {
          client.close();
        } else {
          Socket upstream = new Socket(InetAddress.getLoopbackAddress(), server);
          open.add(client);
          open.add(upstream);
          if (cut) {
            // The call of cut() may have missed these two.
            client.close();
            upstream.close();
          } else {
            Thread.ofVirtual().start(() -> copy(client, upstream));
            Thread.ofVirtual().start(() -> copy(upstream, client));
          }
        }
      }
    } catch (IOException e) {
      if (!listener.isClosed()) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private void copy(Socket from, Socket to) {
    byte[] bytes = new byte[8_192];
    try (from;
        to;
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream()) {
      for (int read = in.read(bytes); read >= 0; read = in.read(bytes)) {
        if (!discarding) {
          out.write(bytes, 0, read);
        }
      }
    } catch (IOException e) {
      // The connection was cut or closed at one end: close the other end as well.
      open.remove(from);
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
    cut();
  }
}
