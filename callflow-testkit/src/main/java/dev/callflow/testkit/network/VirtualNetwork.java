package dev.callflow.testkit.network;

import dev.callflow.core.time.Inbox;
import dev.callflow.esl.runtime.EslRuntime;
import dev.callflow.testkit.VirtualTime;
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
 * Connections in memory, in virtual time: a host and a simulated FreeSWITCH in one JVM.
 *
 * <p>Bytes take no time. Whoever waits for them waits in virtual time, so that time goes on only
 * when every thread waits and no byte is under way. The host's side are Netty channels with the
 * handlers of production, FreeSWITCH's are streams. The same run gives the same bytes in the same
 * order each time.
 */
public final class VirtualNetwork implements Network {

  private static final int FIRST_FREE_PORT = 49_152;
  private static final int MAX_WAITING = 10_000;

  /** A wait for a connection has no deadline of its own; this only lets it have an end. */
  private static final Duration BETWEEN_LOOKS = Duration.ofDays(1);

  /** Takes connections at a port. */
  interface Acceptor {

    /** Returns the accepting end of a connection from {@code peer}, whose end is given. */
    Receiver accept(Receiver other, InetSocketAddress peer);
  }

  private final VirtualTime time;
  private final EslRuntime runtime;
  private final Map<Integer, Acceptor> acceptors = new ConcurrentHashMap<>();
  private final AtomicInteger ports = new AtomicInteger(FIRST_FREE_PORT);

  /**
   * Makes a network without connections.
   *
   * @param time its time, and that of all that uses it
   */
  public VirtualNetwork(VirtualTime time) {
    this.time = time;
    this.runtime = new VirtualRuntime(time, this);
  }

  /**
   * Returns what event-socket clients and servers need to live in this network.
   *
   * @return a runtime in virtual time
   */
  public EslRuntime runtime() {
    return runtime;
  }

  @Override
  public Listener listen(InetSocketAddress address) throws IOException {
    Inbox<Optional<Connection>> waiting = time.inbox(MAX_WAITING);
    InetSocketAddress bound =
        bind(
            address,
            (other, peer) -> {
              VirtualConnection connection = new VirtualConnection(time, peer);
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
   * Connects from an address of one's own choice.
   *
   * @param address where somebody listens
   * @param from the address to connect from
   * @return the connection
   * @throws IOException if nobody listens there
   */
  public Connection connect(InetSocketAddress address, InetAddress from) throws IOException {
    VirtualConnection connection = new VirtualConnection(time, address);
    connection.connectTo(connect(address, connection, freeAddress(from)));
    return connection;
  }

  Receiver connect(InetSocketAddress address, Receiver own, InetSocketAddress from)
      throws IOException {
    Acceptor acceptor = acceptors.get(address.getPort());
    if (acceptor == null) {
      throw new ConnectException("nobody listens at " + address);
    }
    return acceptor.accept(own, from);
  }

  InetSocketAddress freeAddress(InetAddress host) {
    return new InetSocketAddress(host, ports.getAndIncrement());
  }

  InetSocketAddress bind(InetSocketAddress address, Acceptor acceptor) throws IOException {
    InetSocketAddress bound = address.getPort() == 0 ? freeAddress(address.getAddress()) : address;
    if (acceptors.putIfAbsent(bound.getPort(), acceptor) != null) {
      throw new BindException("somebody listens at " + bound);
    }
    return bound;
  }

  void unbind(InetSocketAddress address) {
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
