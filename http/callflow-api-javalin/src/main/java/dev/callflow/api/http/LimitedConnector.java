package dev.callflow.api.http;

import dev.callflow.api.access.AddressGroup;
import dev.callflow.api.server.CountsByAddress;
import dev.callflow.core.time.Inbox;
import dev.callflow.core.time.TimeSource;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Accepts connections, as many as one address may have, and closes those whose headers arrive too
 * slowly or whose client reads a response too slowly. Jetty's own idle timeout does not end them,
 * because every byte begins it again.
 */
final class LimitedConnector extends ServerConnector {

  private static final Logger LOG = LoggerFactory.getLogger(LimitedConnector.class);
  private static final Duration MIN_SWEEP_INTERVAL = Duration.ofMillis(1);
  private static final Duration MAX_SWEEP_INTERVAL = Duration.ofSeconds(1);

  /**
   * How many connections may wait until they are accepted. If many arrive at once and the queue is
   * full, the operating system drops them, and their clients try again only after a second.
   */
  private static final int ACCEPT_QUEUE = 4_096;

  private final HttpOptions options;
  private final TimeSource time;
  private final Inbox<Boolean> stopped;
  private final CountsByAddress byAddress;

  LimitedConnector(
      Server server,
      HttpConfiguration configuration,
      InetSocketAddress address,
      HttpOptions options,
      TimeSource time) {
    super(server, new HttpConnectionFactory(configuration));
    this.options = options;
    this.time = time;
    stopped = time.inbox(1);
    byAddress = new CountsByAddress(options.connections().maxOfAddress());
    setHost(address.getHostString());
    setPort(address.getPort());
    setAcceptQueueSize(ACCEPT_QUEUE);
  }

  /** Returns the connection of a request. */
  static LimitedEndPoint of(Request request) {
    return (LimitedEndPoint) request.getConnectionMetaData().getConnection().getEndPoint();
  }

  /** Returns the connection of a request. */
  static LimitedEndPoint of(HttpServletRequest request) {
    return of(ServletContextRequest.getServletContextRequest(request));
  }

  @Override
  protected void doStart() throws Exception {
    super.doStart();
    time.start("slow-connections", this::closeSlowConnections);
  }

  @Override
  protected void doStop() throws Exception {
    stopped.offer(true);
    super.doStop();
  }

  private Duration sweepInterval() {
    Duration headers = options.timing().headers();
    Duration response = options.timing().response();
    Duration shorter = headers.compareTo(response) < 0 ? headers : response;
    Duration tenth = shorter.dividedBy(10);
    Duration longest = tenth.compareTo(MAX_SWEEP_INTERVAL) < 0 ? tenth : MAX_SWEEP_INTERVAL;
    return longest.compareTo(MIN_SWEEP_INTERVAL) > 0 ? longest : MIN_SWEEP_INTERVAL;
  }

  private void closeSlowConnections() {
    try {
      while (stopped.poll(sweepInterval()) == null) {
        sweep();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void sweep() {
    Instant now = time.now();
    for (EndPoint connection : getConnectedEndPoints()) {
      if (connection instanceof LimitedEndPoint limited && limited.isLate(now)) {
        LOG.debug("closing {}: {}", limited.getRemoteSocketAddress(), limited.phase);
        // Counts as the client's doing, so that it is not logged as an error of the server.
        limited.close(new EofException("the client is too slow"));
      }
    }
  }

  @Override
  protected SocketChannelEndPoint newEndPoint(
      SocketChannel channel, ManagedSelector selector, SelectionKey key) throws IOException {
    String address = counted(channel);
    if (!address.isEmpty() && !byAddress.add(address)) {
      int max = options.connections().maxOfAddress();
      LOG.debug("refusing a connection of {}: the limit for one address is {}", address, max);
      throw new IOException("too many connections of " + address + ": the limit is " + max);
    }
    LimitedEndPoint connection = new LimitedEndPoint(channel, selector, key, address);
    connection.setIdleTimeout(getIdleTimeout());
    return connection;
  }

  /** Returns the address to count a connection by; empty if it is not counted. */
  private String counted(SocketChannel channel) throws IOException {
    InetAddress peer =
        channel.getRemoteAddress() instanceof InetSocketAddress remote ? remote.getAddress() : null;
    return peer == null || options.proxies().trusts(peer)
        ? ""
        : AddressGroup.of(peer.getHostAddress());
  }

  /** What a connection is doing. */
  private enum Phase {
    /** The headers of a request are arriving. */
    HEADERS,
    /** The server is reading a body or working on a request. */
    WORKING,
    /** The client is reading the response. */
    RESPONSE,
    /** There is no request, or the connection has become a WebSocket. */
    NONE
  }

  /** A connection that knows by when its client must have sent or read something. */
  final class LimitedEndPoint extends SocketChannelEndPoint {

    private final String address;
    private final AtomicLong requests = new AtomicLong();
    private volatile Phase phase = Phase.HEADERS;
    private volatile Instant deadline = after(options.timing().headers());
    private volatile boolean upgraded;

    private LimitedEndPoint(
        SocketChannel channel, ManagedSelector selector, SelectionKey key, String address) {
      super(channel, selector, key, LimitedConnector.this.getScheduler());
      this.address = address;
    }

    private Instant after(Duration delay) {
      return time.now().plus(delay);
    }

    private boolean isLate(Instant now) {
      return switch (phase) {
        case HEADERS, RESPONSE -> now.isAfter(deadline);
        case WORKING, NONE -> false;
      };
    }

    @Override
    public void onClose(@Nullable Throwable cause) {
      super.onClose(cause);
      if (!address.isEmpty()) {
        byAddress.remove(address);
      }
    }

    @Override
    public int fill(ByteBuffer buffer) throws IOException {
      int filled = super.fill(buffer);
      if (filled > 0 && phase == Phase.NONE && !upgraded) {
        deadline = after(options.timing().headers());
        phase = Phase.HEADERS;
      }
      return filled;
    }

    @Override
    public void upgrade(Connection connection) {
      upgraded = true;
      phase = Phase.NONE;
      super.upgrade(connection);
    }

    /** Notes that the headers of a request have arrived; returns the number of the request. */
    long requestBegins() {
      phase = Phase.WORKING;
      return requests.incrementAndGet();
    }

    /** Notes that a response is being sent. */
    void responseBegins() {
      deadline = after(options.timing().response());
      phase = Phase.RESPONSE;
    }

    /** Notes that the response has been sent. The next request may already have begun. */
    void requestEnds(long number) {
      if (number == requests.get()) {
        phase = Phase.NONE;
      }
    }
  }
}
