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

/** Where a server listens, what its calls subscribe to, and how long it waits. Immutable. */
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
   * Begins to set up a server.
   *
   * @param address where to listen; port 0 for any free one; or a Unix socket, for a proxy
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

  /** Collects options; all but the address may be left as they are. */
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
     * Sets from which addresses connections are accepted; any other is closed before anything is
     * read from it, and logged in one line at most every ten seconds. Does not concern Unix
     * sockets, which the file system protects.
     *
     * @param ranges addresses and networks; every address may connect while the list is empty, as
     *     it is unless set
     * @return this builder
     */
    public Builder allowFrom(List<AddressRange> ranges) {
      allowed = List.copyOf(ranges);
      return this;
    }

    /**
     * Sets how long FreeSWITCH may take to say which call a connection is for.
     *
     * @param timeout 5 s unless set
     * @return this builder
     * @throws IllegalArgumentException if it is not positive
     */
    public Builder handshakeTimeout(Duration timeout) {
      handshakeTimeout = positive(timeout, "handshakeTimeout");
      return this;
    }

    /**
     * Sets how long FreeSWITCH may take to answer when it is asked whether it is still there.
     *
     * @param timeout 5 s unless set
     * @return this builder
     * @throws IllegalArgumentException if it is not positive
     */
    public Builder answerTimeout(Duration timeout) {
      answerTimeout = positive(timeout, "answerTimeout");
      return this;
    }

    /**
     * Sets how long a connection may claim a call that another connection controls, before it is
     * refused: a call that FreeSWITCH transfers may come back a moment before its end is told on
     * the old connection.
     *
     * @param timeout 2 s unless set
     * @return this builder
     * @throws IllegalArgumentException if it is not positive
     */
    public Builder claimTimeout(Duration timeout) {
      claimTimeout = positive(timeout, "claimTimeout");
      return this;
    }

    /**
     * Sets which connections may replace another one that controls the same live call.
     *
     * @param proof returns whether the channel's data prove that the new connection is the call's;
     *     runs on an event loop, so it must not block; no connection may unless set
     * @return this builder
     */
    public Builder replaces(Predicate<EslEvent> proof) {
      replaces = proof;
      return this;
    }

    /**
     * Subscribes each call to events besides those of {@code myevents}.
     *
     * @param names names of events
     * @param customSubclasses subclasses of CUSTOM events
     * @return this builder
     */
    public Builder events(List<String> names, List<String> customSubclasses) {
      events = List.copyOf(names);
      subclasses = List.copyOf(customSubclasses);
      return this;
    }

    /**
     * Sets how long reading a call may pause because its listener is behind.
     *
     * @param max 5 s unless set
     * @return this builder
     * @throws IllegalArgumentException if it is not positive
     */
    public Builder maxReadPause(Duration max) {
      maxReadPause = positive(max, "maxReadPause");
      return this;
    }

    /**
     * Sets after what silence of a call's connection FreeSWITCH is asked whether it is still there;
     * if it does not answer within the answer timeout, the call is lost.
     *
     * @param timeout 60 s unless set
     * @return this builder
     * @throws IllegalArgumentException if it is not positive
     */
    public Builder idleTimeout(Duration timeout) {
      idleTimeout = positive(timeout, "idleTimeout");
      return this;
    }

    /**
     * Speaks TLS, with a proxy behind FreeSWITCH: FreeSWITCH itself does not.
     *
     * @param context how
     * @return this builder
     */
    public Builder ssl(SslContext context) {
      ssl = context;
      return this;
    }

    /**
     * Sets the recorder of counts and times.
     *
     * @param recorder nothing is recorded unless set
     * @return this builder
     */
    public Builder metrics(EslMetrics recorder) {
      metrics = recorder;
      return this;
    }

    /**
     * Sets where clock, threads, waits and network come from.
     *
     * @param surroundings the machine's own unless set
     * @return this builder
     */
    public Builder runtime(EslRuntime surroundings) {
      runtime = surroundings;
      return this;
    }

    /**
     * Takes the options as they are now.
     *
     * @return the options
     */
    public EslServerOptions build() {
      return new EslServerOptions(this);
    }
  }
}
