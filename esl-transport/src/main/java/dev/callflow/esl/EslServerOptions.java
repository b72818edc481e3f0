package dev.callflow.esl;

import static dev.callflow.esl.EslClientOptions.positive;

import dev.callflow.esl.access.AddressRange;
import dev.callflow.esl.message.EslEvent;
import dev.callflow.esl.runtime.EslMetrics;
import dev.callflow.esl.runtime.EslRuntime;
import io.netty.handler.ssl.SslContext;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The listening address, event subscriptions and timeouts of an {@link EslServer}. Immutable. */
public final class EslServerOptions {

  private final SocketAddress address;
  private final List<AddressRange> allowed;
  private final Duration handshakeTimeout;
  private final Duration answerTimeout;
  private final Duration claimTimeout;
  private final Predicate<EslEvent> replaces;
  private final List<String> events;
  private final List<String> subclasses;
  private final Duration maxReadPause;
  private final Duration idleTimeout;
  private final @Nullable SslContext ssl;
  private final EslMetrics metrics;
  private final EslRuntime runtime;

  private EslServerOptions(Builder builder) {
    address = builder.address;
    allowed = builder.allowed;
    handshakeTimeout = builder.handshakeTimeout;
    answerTimeout = builder.answerTimeout;
    claimTimeout = builder.claimTimeout;
    replaces = builder.replaces;
    events = builder.events;
    subclasses = builder.subclasses;
    maxReadPause = builder.maxReadPause;
    idleTimeout = builder.idleTimeout;
    ssl = builder.ssl;
    metrics = builder.metrics;
    runtime = builder.runtime;
  }

  /**
   * Returns a builder with default options.
   *
   * @param address the address to listen on: an IP address and a port, where port 0 selects a free
   *     port, or a Unix socket that a proxy connects to
   * @return a builder
   */
  public static Builder builder(SocketAddress address) {
    return new Builder(address);
  }

  SocketAddress address() {
    return address;
  }

  boolean allows(SocketAddress peer) {
    return allowed.isEmpty()
        || !(peer instanceof InetSocketAddress internet)
        || allowed.stream().anyMatch(range -> range.contains(internet.getAddress()));
  }

  Duration handshakeTimeout() {
    return handshakeTimeout;
  }

  Duration answerTimeout() {
    return answerTimeout;
  }

  Duration claimTimeout() {
    return claimTimeout;
  }

  boolean replaces(EslEvent channelData) {
    return replaces.test(channelData);
  }

  List<String> events() {
    return events;
  }

  List<String> subclasses() {
    return subclasses;
  }

  Duration maxReadPause() {
    return maxReadPause;
  }

  Duration idleTimeout() {
    return idleTimeout;
  }

  @Nullable SslContext ssl() {
    return ssl;
  }

  EslMetrics metrics() {
    return metrics;
  }

  EslRuntime runtime() {
    return runtime;
  }

  /** Builds options; everything except the address has a default. */
  public static final class Builder {

    private final SocketAddress address;
    private List<AddressRange> allowed = List.of();
    private Duration handshakeTimeout = Duration.ofSeconds(5);
    private Duration answerTimeout = Duration.ofSeconds(5);
    private Duration claimTimeout = Duration.ofSeconds(2);
    private Predicate<EslEvent> replaces = data -> false;
    private List<String> events = List.of("CHANNEL_EXECUTE_COMPLETE");
    private List<String> subclasses = List.of();
    private Duration maxReadPause = Duration.ofSeconds(5);
    private Duration idleTimeout = Duration.ofSeconds(60);
    private @Nullable SslContext ssl;
    private EslMetrics metrics = EslMetrics.NONE;
    private EslRuntime runtime = EslRuntime.system();

    private Builder(SocketAddress address) {
      this.address = address;
    }

    /**
     * Sets the addresses from which connections are accepted. Connections from other addresses are
     * closed before anything is read from them, and are logged at most once every ten seconds. Unix
     * sockets are not affected, since the file system protects them.
     *
     * @param ranges the allowed addresses and networks; if empty, which is the default, every
     *     address may connect
     * @return this builder
     */
    public Builder allowFrom(List<AddressRange> ranges) {
      allowed = List.copyOf(ranges);
      return this;
    }

    /**
     * Sets how long FreeSWITCH may take to send the channel data of a new connection.
     *
     * @param timeout the timeout; 5 s by default
     * @return this builder
     * @throws IllegalArgumentException if it is not positive
     */
    public Builder handshakeTimeout(Duration timeout) {
      handshakeTimeout = positive(timeout, "handshakeTimeout");
      return this;
    }

    /**
     * Sets how long FreeSWITCH may take to answer the probe that is sent on an idle connection.
     *
     * @param timeout the timeout; 5 s by default
     * @return this builder
     * @throws IllegalArgumentException if it is not positive
     */
    public Builder answerTimeout(Duration timeout) {
      answerTimeout = positive(timeout, "answerTimeout");
      return this;
    }

    /**
     * Sets how long a new connection waits for a call that another connection still controls. After
     * that time, the new connection is refused. When FreeSWITCH transfers a call back to us, the
     * new connection may open a moment before the old one reports the end of the call.
     *
     * @param timeout the timeout; 2 s by default
     * @return this builder
     * @throws IllegalArgumentException if it is not positive
     */
    public Builder claimTimeout(Duration timeout) {
      claimTimeout = positive(timeout, "claimTimeout");
      return this;
    }

    /**
     * Sets which new connections may replace the connection that controls the same live call.
     * Without this setting, none may.
     *
     * @param proof returns whether the channel's data proves that the new connection belongs to the
     *     call; runs on an event loop, so it must not block
     * @return this builder
     */
    public Builder replaces(Predicate<EslEvent> proof) {
      replaces = proof;
      return this;
    }

    /**
     * Sets the events that each call subscribes to, in addition to the events of {@code myevents}.
     *
     * @param names the event names; CHANNEL_EXECUTE_COMPLETE by default
     * @param customSubclasses the subclasses of CUSTOM events; none by default
     * @return this builder
     */
    public Builder events(List<String> names, List<String> customSubclasses) {
      events = List.copyOf(names);
      subclasses = List.copyOf(customSubclasses);
      return this;
    }

    /**
     * Sets how long reading from a call's connection may pause because the call's listener is
     * behind.
     *
     * @param max the maximum pause; 5 s by default
     * @return this builder
     * @throws IllegalArgumentException if it is not positive
     */
    public Builder maxReadPause(Duration max) {
      maxReadPause = positive(max, "maxReadPause");
      return this;
    }

    /**
     * Sets how long a call's connection may be idle before the server probes FreeSWITCH. If
     * FreeSWITCH does not answer the probe within the answer timeout, the server closes the
     * connection, and the call is lost.
     *
     * @param timeout the timeout; 60 s by default
     * @return this builder
     * @throws IllegalArgumentException if it is not positive
     */
    public Builder idleTimeout(Duration timeout) {
      idleTimeout = positive(timeout, "idleTimeout");
      return this;
    }

    /**
     * Enables TLS, for use with a proxy between FreeSWITCH and this server; FreeSWITCH's own event
     * socket does not support TLS.
     *
     * @param context the server's TLS context
     * @return this builder
     */
    public Builder ssl(SslContext context) {
      ssl = context;
      return this;
    }

    /**
     * Sets the metrics recorder.
     *
     * @param recorder the recorder; by default, nothing is recorded
     * @return this builder
     */
    public Builder metrics(EslMetrics recorder) {
      metrics = recorder;
      return this;
    }

    /**
     * Sets the runtime, which supplies the clock, threads, waits and network.
     *
     * @param environment the runtime; {@link EslRuntime#system} by default
     * @return this builder
     */
    public Builder runtime(EslRuntime environment) {
      runtime = environment;
      return this;
    }

    /**
     * Builds the options.
     *
     * @return the options
     */
    public EslServerOptions build() {
      return new EslServerOptions(this);
    }
  }
}
