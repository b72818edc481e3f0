package dev.callflow.simulator.network;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/** The network of real sockets. */
final class TcpNetwork implements Network {

  static final TcpNetwork INSTANCE = new TcpNetwork();

  private static final int BACKLOG = 512;

  /** FreeSWITCH waits two seconds for a connection; a busy test machine may need longer. */
  private static final int CONNECT_TIMEOUT_MILLIS = 60_000;

  private TcpNetwork() {}

  @Override
  public Listener listen(InetSocketAddress address) throws IOException {
    return new Listening(new ServerSocket(address.getPort(), BACKLOG, address.getAddress()));
  }

  @Override
  public Connection connect(InetSocketAddress address) throws IOException {
    Socket socket = new Socket();
    socket.setTcpNoDelay(true);
    socket.connect(address, CONNECT_TIMEOUT_MILLIS);
    return new Connected(socket);
  }

  private static final class Listening implements Listener {

    private final ServerSocket socket;

    /** Held by the thread that accepts. */
    private final Lock accepting = new ReentrantLock();

    Listening(ServerSocket socket) {
      this.socket = socket;
    }

    @Override
    public InetSocketAddress address() {
      return (InetSocketAddress) socket.getLocalSocketAddress();
    }

    @Override
    public Connection accept() throws IOException {
      Socket accepted;
      accepting.lock();
      try {
        accepted = socket.accept();
      } finally {
        accepting.unlock();
      }
      accepted.setTcpNoDelay(true);
      return new Connected(accepted);
    }

    /**
     * Closes the socket. If a virtual thread accepts, Java leaves the socket open until that thread
     * has noticed, and the operating system completes connections meanwhile; therefore, this method
     * waits for that thread.
     */
    @Override
    public void close() throws IOException {
      socket.close();
      accepting.lock();
      accepting.unlock();
    }
  }

  private record Connected(Socket socket) implements Connection {

    @Override
    public InetSocketAddress peer() {
      return (InetSocketAddress) socket.getRemoteSocketAddress();
    }

    @Override
    public InputStream input() throws IOException {
      return socket.getInputStream();
    }

    @Override
    public OutputStream output() throws IOException {
      return socket.getOutputStream();
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
