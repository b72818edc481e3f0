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
 * Connections in memory. Bytes take no time, and readers wait through a time source: in virtual
 * time, time goes on only when every thread waits and no byte is under way.
 *
 * <p>Safe for use by any thread.
 */
public final class MemoryNetwork implements Network {

  private static final int FIRST_FREE_PORT = 49_152;
  private static final int MAX_WAITING = 10_000;

  /** A wait for a connection has no deadline of its own; this only lets it have an end. */
  private static final Duration BETWEEN_LOOKS = Duration.ofDays(1);

  private final TimeSource time;
  private final Map<Integer, Acceptor> acceptors = new ConcurrentHashMap<>();
  private final AtomicInteger ports = new AtomicInteger(FIRST_FREE_PORT);

  /**
   * Makes a network without connections.
   *
   * @param time the time by which its readers wait
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
   * Connects from a chosen host.
   *
   * @param address where somebody listens
   * @param from the host to connect from
   * @return the connection
   * @throws IOException if nobody listens there
   */
  public Connection connect(InetSocketAddress address, InetAddress from) throws IOException {
    MemoryConnection connection = new MemoryConnection(time, address);
    connection.connectTo(connect(address, connection, freeAddress(from)));
    return connection;
  }

  /**
   * Connects an end that takes its bytes itself.
   *
   * @param address where somebody listens
   * @param own receives what the other end sends
   * @param from the address of this end
   * @return receives what this end sends
   * @throws IOException if nobody listens there
   */
  public Receiver connect(InetSocketAddress address, Receiver own, InetSocketAddress from)
      throws IOException {
    Acceptor acceptor = acceptors.get(address.getPort());
    if (acceptor == null) {
      throw new ConnectException("nobody listens at " + address);
    }
    return acceptor.accept(own, from);
  }

  /**
   * Returns an address that nobody uses.
   *
   * @param host its host
   * @return the address, with a port that is not returned again
   */
  public InetSocketAddress freeAddress(InetAddress host) {
    return new InetSocketAddress(host, ports.getAndIncrement());
  }

  /**
   * Takes the connections that arrive at a port.
   *
   * @param address where; port 0 for any free one
   * @param acceptor accepts them
   * @return the address, with the true port
   * @throws IOException if somebody listens there
   */
  public InetSocketAddress bind(InetSocketAddress address, Acceptor acceptor) throws IOException {
    InetSocketAddress bound = address.getPort() == 0 ? freeAddress(address.getAddress()) : address;
    if (acceptors.putIfAbsent(bound.getPort(), acceptor) != null) {
      throw new BindException("somebody listens at " + bound);
    }
    return bound;
  }

  /**
   * Takes no more connections at an address.
   *
   * @param address the address as {@link #bind} has returned it
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
        Optional<Connection> next = waiting.poll(BETWEEN_LOOKS);
        while (next == null) {
          next = waiting.poll(BETWEEN_LOOKS);
        }
        return next.orElseThrow(() -> new SocketException("closed: " + address));
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
