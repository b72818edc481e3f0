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

/** A line to a server on this machine that can be cut, and that can swallow what is sent. */
final class Line implements AutoCloseable {

  private final int server;
  private final ServerSocket entry;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private volatile boolean cut;
  private volatile boolean silent;

  Line(int server) throws IOException {
    this.server = server;
    entry = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  int port() {
    return entry.getLocalPort();
  }

  void cut() throws IOException {
    cut = true;
    for (Socket socket : open) {
      socket.close();
    }
  }

  void swallow() {
    silent = true;
  }

  void mend() throws IOException {
    // What was swallowed is missing for ever.
    if (silent) {
      cut();
    }
    silent = false;
    cut = false;
  }

  private void accept() {
    try {
      while (true) {
        Socket here = entry.accept();
        if (cut) {
          here.close();
        } else {
          Socket there = new Socket(InetAddress.getLoopbackAddress(), server);
          open.add(here);
          open.add(there);
          Thread.ofVirtual().start(() -> copy(here, there));
          Thread.ofVirtual().start(() -> copy(there, here));
        }
      }
    } catch (IOException e) {
      if (!entry.isClosed()) {
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
        if (!silent) {
          out.write(bytes, 0, read);
        }
      }
    } catch (IOException e) {
      // A line that was cut, or one end that has hung up: the other hangs up, too.
      open.remove(from);
    }
  }

  @Override
  public void close() throws IOException {
    entry.close();
    cut();
  }
}
