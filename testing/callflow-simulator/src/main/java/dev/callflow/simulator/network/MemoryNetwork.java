package dev.callflow.simulator.network;

import dev.callflow.core.time.Inbox;
import dev.callflow.core.time.TimeSource;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A network of in-memory connections. Bytes arrive without delay, and readers wait through a time
 * source: virtual time advances only when every thread waits and all bytes have been read.
 *
 * <p>Thread-safe.
 */
public final class MemoryNetwork implements Network {

  private static final int FIRST_FREE_PORT = 49_152;
  private static final int MAX_WAITING = 10_000;

  /**
   * The timeout of one poll. A listener waits for connections without a deadline, so it polls
   * repeatedly.
   */
  private static final Duration POLL_INTERVAL = Duration.ofDays(1);

  private final TimeSource time;
  private final Map<Integer, Acceptor> acceptors = new ConcurrentHashMap<>();
  private final AtomicInteger ports = new AtomicInteger(FIRST_FREE_PORT);

  /**
   * Creates a network without connections.
   *
   * @param time the time source through which readers wait
   */
  public MemoryNetwork(TimeSource time) {
    this.time = time;
  }

  @Override
  public Listener listen(InetSocketAddress address) throws IOException {
    Inbox<Optional<Connection>> waiting = time.inbox(MAX_WAITING);
    InetSocketAddress bound =
        bind(
            address,
            (other, peer) -> {
              MemoryConnection connection = new MemoryConnection(time, peer);
              connection.connectTo(other);
              waiting.offer(Optional.of(connection));
              return connection;
            });
    return new Listening(bound, waiting);
  }

  @Override
  public Connection connect(InetSocketAddress address) throws IOException {
    return connect(address, InetAddress.getLoopbackAddress());
  }

  /**
   * Connects from the given host.
   *
   * @param address the address of the listener
   * @param from the host to connect from
   * @return the connection
   * @throws IOException if there is no listener at the address
   */
  public Connection connect(InetSocketAddress address, InetAddress from) throws IOException {
    MemoryConnection connection = new MemoryConnection(time, address);
    connection.connectTo(connect(address, connection, freeAddress(from)));
    return connection;
  }

  /**
   * Connects a receiver directly, without streams.
   *
   * @param address the address of the listener
   * @param own the receiver of the bytes that the other end sends
   * @param from the address of this end
   * @return the receiver of the bytes that this end sends
   * @throws IOException if there is no listener at the address
   */
  public Receiver connect(InetSocketAddress address, Receiver own, InetSocketAddress from)
      throws IOException {
    Acceptor acceptor = acceptors.get(address.getPort());
    if (acceptor == null) {
      throw new ConnectException("connection refused: no listener at " + address);
    }
    return acceptor.accept(own, from);
  }

  /**
   * Returns an unused address.
   *
   * @param host the host of the address
   * @return the address, with a port that is never returned again
   */
  public InetSocketAddress freeAddress(InetAddress host) {
    return new InetSocketAddress(host, ports.getAndIncrement());
  }

  /**
   * Binds an acceptor to a port.
   *
   * @param address the address; port 0 for any free port
   * @param acceptor accepts the connections
   * @return the address, with the actual port
   * @throws IOException if the port is in use
   */
  public InetSocketAddress bind(InetSocketAddress address, Acceptor acceptor) throws IOException {
    InetSocketAddress bound = address.getPort() == 0 ? freeAddress(address.getAddress()) : address;
    if (acceptors.putIfAbsent(bound.getPort(), acceptor) != null) {
      throw new BindException("address already in use: " + bound);
    }
    return bound;
  }

  /**
   * Stops accepting connections at an address.
   *
   * @param address the address that {@link #bind} returned
   */
  public void unbind(InetSocketAddress address) {
    acceptors.remove(address.getPort());
  }

  private final class Listening implements Listener {

    private final InetSocketAddress address;
    private final Inbox<Optional<Connection>> waiting;

    Listening(InetSocketAddress address, Inbox<Optional<Connection>> waiting) {
      this.address = address;
      this.waiting = waiting;
    }

    @Override
    public InetSocketAddress address() {
      return address;
    }

    @Override
    public Connection accept() throws IOException {
      try {
        Optional<Connection> next = waiting.poll(POLL_INTERVAL);
        while (next == null) {
          next = waiting.poll(POLL_INTERVAL);
        }
        return next.orElseThrow(() -> new SocketException("listener closed: " + address));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted while listening at " + address, e);
      }
    }

    @Override
    public void close() {
      unbind(address);
      waiting.close(Optional.empty());
    }
  }
}
