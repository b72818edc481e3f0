package dev.callflow.simulator.network;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;

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

  private record Listening(ServerSocket socket) implements Listener {

    @Override
    public InetSocketAddress address() {
      return (InetSocketAddress) socket.getLocalSocketAddress();
    }

    @Override
    public Connection accept() throws IOException {
      Socket accepted = socket.accept();
      accepted.setTcpNoDelay(true);
      return new Connected(accepted);
    }

    @Override
    public void close() throws IOException {
      socket.close();
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
