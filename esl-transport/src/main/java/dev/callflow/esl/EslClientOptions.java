package dev.callflow.esl;

import dev.callflow.esl.message.EslCommand;
import dev.callflow.esl.message.EslEventFilter;
import dev.callflow.esl.runtime.EslMetrics;
import dev.callflow.esl.runtime.EslRuntime;
import io.netty.handler.ssl.SslContext;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The address, login, event subscriptions and timeouts of an {@link EslClient}. Immutable. */
public final class EslClientOptions {

  private static final int MAX_LOG_LEVEL = 7;

  private final SocketAddress address;
  private final String password;
  private final String user;
  private final List<String> events;
  private final List<String> subclasses;
  private final List<EslCommand.Filter> filters;
  private final EslEventFilter eventFilter;
  private final OptionalInt logLevel;
  private final Duration connectTimeout;
  private final Duration commandTimeout;
  private final Duration idleTimeout;
  private final Duration maxReadPause;
  private final Duration minReconnectPause;
  private final Duration maxReconnectPause;
  private final boolean apiConnection;
  private final @Nullable SslContext ssl;
  private final @Nullable SocketAddress localAddress;
  private final EslMetrics metrics;
  private final EslClientListener listener;
  private final EslRuntime runtime;

  private EslClientOptions(Builder builder) {
    address = builder.address;
    password = builder.password;
    user = builder.user;
    events = List.copyOf(builder.events);
    subclasses = List.copyOf(builder.subclasses);
    filters = List.copyOf(builder.filters);
    eventFilter = builder.eventFilter;
    logLevel = builder.logLevel;
    connectTimeout = builder.connectTimeout;
    commandTimeout = builder.commandTimeout;
    idleTimeout = builder.idleTimeout;
    maxReadPause = builder.maxReadPause;
    minReconnectPause = builder.minReconnectPause;
    maxReconnectPause = builder.maxReconnectPause;
    apiConnection = builder.apiConnection;
    ssl = builder.ssl;
    localAddress = builder.localAddress;
    metrics = builder.metrics;
    listener = builder.listener;
    runtime = builder.runtime;
  }

  /**
   * Returns a builder with default options.
   *
   * @param address the address of FreeSWITCH's event socket, usually port 8021, or the Unix socket
   *     of a proxy
   * @return a builder
   */
  public static Builder builder(SocketAddress address) {
    return new Builder(address);
  }

  SocketAddress address() {
    return address;
  }

  String password() {
    return password;
  }

  String user() {
    return user;
  }

  List<String> events() {
    return events;
  }

  List<String> subclasses() {
    return subclasses;
  }

  List<EslCommand.Filter> filters() {
    return filters;
  }

  EslEventFilter eventFilter() {
    return eventFilter;
  }

  OptionalInt logLevel() {
    return logLevel;
  }

  Duration connectTimeout() {
    return connectTimeout;
  }

  Duration commandTimeout() {
    return commandTimeout;
  }

  Duration idleTimeout() {
    return idleTimeout;
  }

  Duration maxReadPause() {
    return maxReadPause;
  }

  Duration minReconnectPause() {
    return minReconnectPause;
  }

  Duration maxReconnectPause() {
    return maxReconnectPause;
  }

  boolean apiConnection() {
    return apiConnection;
  }

  @Nullable SslContext ssl() {
    return ssl;
  }

  @Nullable SocketAddress localAddress() {
    return localAddress;
  }

  EslMetrics metrics() {
    return metrics;
  }

  EslClientListener listener() {
    return listener;
  }

  EslRuntime runtime() {
    return runtime;
  }

  /** Returns the options for a second connection to the same server, without subscriptions. */
  EslClientOptions forApi() {
    Builder other = new Builder(address);
    other.password = password;
    other.user = user;
    other.connectTimeout = connectTimeout;
    other.commandTimeout = commandTimeout;
    other.idleTimeout = idleTimeout;
    other.minReconnectPause = minReconnectPause;
    other.maxReconnectPause = maxReconnectPause;
    other.ssl = ssl;
    other.localAddress = localAddress;
    other.metrics = metrics;
    other.runtime = runtime;
    other.events.clear();
    return other.build();
  }

  /** Builds options; everything except the address has a default. */
  public static final class Builder {

    private final SocketAddress address;
    private String password = "";
    private String user = "";
    private final Set<String> events = new LinkedHashSet<>(Set.of("BACKGROUND_JOB"));
    private final Set<String> subclasses = new LinkedHashSet<>();
    private final List<EslCommand.Filter> filters = new ArrayList<>();
    private EslEventFilter eventFilter = EslEventFilter.ALL;
    private OptionalInt logLevel = OptionalInt.empty();
    private Duration connectTimeout = Duration.ofSeconds(5);
    private Duration commandTimeout = Duration.ofSeconds(5);
    private Duration idleTimeout = Duration.ofSeconds(30);
    private Duration maxReadPause = Duration.ofSeconds(5);
    private Duration minReconnectPause = Duration.ofMillis(250);
    private Duration maxReconnectPause = Duration.ofSeconds(10);
    private boolean apiConnection;
    private @Nullable SslContext ssl;
    private @Nullable SocketAddress localAddress;
    private EslMetrics metrics = EslMetrics.NONE;
    private EslClientListener listener = new EslClientListener() {};
    private EslRuntime runtime = EslRuntime.system();

    private Builder(SocketAddress address) {
      this.address = address;
    }

    /**
     * Sets the password.
     *
     * @param secret the password; empty by default
     * @return this builder
     */
    public Builder password(String secret) {
      password = secret;
      return this;
    }

    /**
     * Sets the directory user to log in as, with {@code userauth}; by default, the client logs in
     * with the password alone.
     *
     * @param userAtDomain the user, as {@code user@domain}
     * @return this builder
     */
    public Builder user(String userAtDomain) {
      user = userAtDomain;
      return this;
    }

    /**
     * Adds events to subscribe to; the client subscribes to BACKGROUND_JOB in any case.
     *
     * @param names the event names
     * @param customSubclasses the subclasses of CUSTOM events
     * @return this builder
     */
    public Builder events(List<String> names, List<String> customSubclasses) {
      events.addAll(names);
      subclasses.addAll(customSubclasses);
      return this;
    }

    /**
     * Sets which of the received events the listener gets; events that the filter rejects cost
     * almost nothing.
     *
     * @param filter the filter; by default, all events are accepted
     * @return this builder
     */
    public Builder eventFilter(EslEventFilter filter) {
      eventFilter = filter;
      return this;
    }

    /**
     * Subscribes to FreeSWITCH's log; by default, the client does not.
     *
     * @param level the highest level to receive, from 0 (console) to 7 (debug)
     * @return this builder
     * @throws IllegalArgumentException if the level is not between 0 and 7
     */
    public Builder log(int level) {
      if (level < 0 || level > MAX_LOG_LEVEL) {
        throw new IllegalArgumentException("the log level must be 0 to 7, but is " + level);
      }
      logLevel = OptionalInt.of(level);
      return this;
    }

    /**
     * Adds a filter, so that FreeSWITCH sends only matching events. The results of {@link
     * EslClient#bgapi} still arrive.
     *
     * @param header the name of the header to match
     * @param value the value that the header must have
     * @return this builder
     */
    public Builder filter(String header, String value) {
      filters.add(new EslCommand.Filter(header, value));
      return this;
    }

    /**
     * Sets the time limit for connecting; the same limit applies to each step of logging in.
     *
     * @param timeout the timeout; 5 s by default
     * @return this builder
     * @throws IllegalArgumentException if it is not positive
     */
    public Builder connectTimeout(Duration timeout) {
      connectTimeout = positive(timeout, "connectTimeout");
      return this;
    }

    /**
     * Sets how long FreeSWITCH may take to answer a command. Applies to all methods that have no
     * timeout parameter.
     *
     * @param timeout the timeout; 5 s by default
     * @return this builder
     * @throws IllegalArgumentException if it is not positive
     */
    public Builder commandTimeout(Duration timeout) {
      commandTimeout = positive(timeout, "commandTimeout");
      return this;
    }

    /**
     * Sets how long the connection may be idle before the client probes the server. If the server
     * does not answer the probe within the command timeout, the client closes the connection and
     * reconnects.
     *
     * @param timeout the timeout; 30 s by default
     * @return this builder
     * @throws IllegalArgumentException if it is not positive
     */
    public Builder idleTimeout(Duration timeout) {
      idleTimeout = positive(timeout, "idleTimeout");
      return this;
    }

    /**
     * Sets how long reading may pause because the listener is behind. A client that does not read
     * slows down all of FreeSWITCH, so keep the pause short.
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
     * Sets the pauses between attempts to connect. Each pause is twice as long as the previous one,
     * and is shortened at random by up to half. See {@link EslClient#reconnectNow}.
     *
     * @param min the first pause, 250 ms by default; a shorter pause counts as 250 ms
     * @param max the maximum pause; 10 s by default
     * @return this builder
     * @throws IllegalArgumentException if a pause is not positive
     */
    public Builder reconnectPauses(Duration min, Duration max) {
      minReconnectPause = positive(min, "min");
      maxReconnectPause = positive(max, "max");
      return this;
    }

    /**
     * Opens a second connection for {@code api} commands; by default, there is none. While an
     * {@code api} command runs, FreeSWITCH does nothing else on its connection and sends no events.
     *
     * @return this builder
     */
    public Builder apiConnection() {
      apiConnection = true;
      return this;
    }

    /**
     * Enables TLS, for use with a proxy in front of FreeSWITCH; FreeSWITCH's own event socket does
     * not support TLS.
     *
     * @param context the client's TLS context
     * @return this builder
     */
    public Builder ssl(SslContext context) {
      ssl = context;
      return this;
    }

    /**
     * Sets the local address to connect from.
     *
     * @param local the address; by default, any local address
     * @return this builder
     */
    public Builder localAddress(SocketAddress local) {
      localAddress = local;
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
     * Sets the listener.
     *
     * @param receiver the listener, which the client calls on one of its virtual threads
     * @return this builder
     */
    public Builder listener(EslClientListener receiver) {
      listener = receiver;
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
    public EslClientOptions build() {
      return new EslClientOptions(this);
    }
  }

  static Duration positive(Duration duration, String name) {
    if (!duration.isPositive()) {
      throw new IllegalArgumentException(name + " must be positive, but is " + duration);
    }
    return duration;
  }
}
