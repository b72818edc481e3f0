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

/** How a client connects, what it subscribes to, and how long it waits. Immutable. */
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
   * Begins to set up a client.
   *
   * @param address where FreeSWITCH listens, usually port 8021; or the Unix socket of a proxy
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

  /** The same server, and nothing to listen to. */
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

  /** Collects options; all but the address may be left as they are. */
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
     * @param secret the password; none unless set
     * @return this builder
     */
    public Builder password(String secret) {
      password = secret;
      return this;
    }

    /**
     * Logs in as a user of the directory ({@code userauth}).
     *
     * @param userAtDomain {@code user@domain}
     * @return this builder
     */
    public Builder user(String userAtDomain) {
      user = userAtDomain;
      return this;
    }

    /**
     * Subscribes to events; BACKGROUND_JOB is always among them.
     *
     * @param names names of events
     * @param customSubclasses subclasses of CUSTOM events
     * @return this builder
     */
    public Builder events(List<String> names, List<String> customSubclasses) {
      events.addAll(names);
      subclasses.addAll(customSubclasses);
      return this;
    }

    /**
     * Passes only some of the events that come on to the listener; the others cost next to nothing.
     *
     * @param filter selects them; all unless set
     * @return this builder
     */
    public Builder eventFilter(EslEventFilter filter) {
      eventFilter = filter;
      return this;
    }

    /**
     * Subscribes to FreeSWITCH's log.
     *
     * @param level 0 (console) to 7 (debug); no log unless set
     * @return this builder
     * @throws IllegalArgumentException if there is no such level
     */
    public Builder log(int level) {
      if (level < 0 || level > MAX_LOG_LEVEL) {
        throw new IllegalArgumentException("log level must be 0 to 7: " + level);
      }
      logLevel = OptionalInt.of(level);
      return this;
    }

    /**
     * Has FreeSWITCH send matching events only; the results of {@link EslClient#bgapi} come all the
     * same.
     *
     * @param header a header's name
     * @param value its value
     * @return this builder
     */
    public Builder filter(String header, String value) {
      filters.add(new EslCommand.Filter(header, value));
      return this;
    }

    /**
     * Sets how long connecting may take, and logging in.
     *
     * @param timeout 5 s unless set
     * @return this builder
     * @throws IllegalArgumentException if it is not positive
     */
    public Builder connectTimeout(Duration timeout) {
      connectTimeout = positive(timeout, "connectTimeout");
      return this;
    }

    /**
     * Sets how long an answer may take where a method has no deadline of its own.
     *
     * @param timeout 5 s unless set
     * @return this builder
     * @throws IllegalArgumentException if it is not positive
     */
    public Builder commandTimeout(Duration timeout) {
      commandTimeout = positive(timeout, "commandTimeout");
      return this;
    }

    /**
     * Sets after what silence the server is asked whether it is still there; if it does not answer
     * within the command timeout, the connection is lost.
     *
     * @param timeout 30 s unless set
     * @return this builder
     * @throws IllegalArgumentException if it is not positive
     */
    public Builder idleTimeout(Duration timeout) {
      idleTimeout = positive(timeout, "idleTimeout");
      return this;
    }

    /**
     * Sets how long reading may pause because the listener is behind. A client that does not read
     * slows down the whole FreeSWITCH, so keep it short.
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
     * Sets the pauses between attempts to connect: each is twice the one before, and up to half of
     * it is left out by chance. See {@link EslClient#reconnectNow}.
     *
     * @param min 250 ms unless set; shorter ones are as long as that
     * @param max 10 s unless set
     * @return this builder
     * @throws IllegalArgumentException if one is not positive
     */
    public Builder reconnectPauses(Duration min, Duration max) {
      minReconnectPause = positive(min, "min");
      maxReconnectPause = positive(max, "max");
      return this;
    }

    /**
     * Runs {@code api} commands on a connection of their own: FreeSWITCH does nothing else on a
     * connection while one runs, events wait too.
     *
     * @return this builder
     */
    public Builder apiConnection() {
      apiConnection = true;
      return this;
    }

    /**
     * Speaks TLS, to a proxy in front of FreeSWITCH: FreeSWITCH itself does not.
     *
     * @param context how
     * @return this builder
     */
    public Builder ssl(SslContext context) {
      ssl = context;
      return this;
    }

    /**
     * Sets the address to connect from.
     *
     * @param local the address; any unless set
     * @return this builder
     */
    public Builder localAddress(SocketAddress local) {
      localAddress = local;
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
     * Sets the listener.
     *
     * @param receiver receives what happens on the connection, on a virtual thread of the client
     * @return this builder
     */
    public Builder listener(EslClientListener receiver) {
      listener = receiver;
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
    public EslClientOptions build() {
      return new EslClientOptions(this);
    }
  }

  static Duration positive(Duration duration, String name) {
    if (!duration.isPositive()) {
      throw new IllegalArgumentException(name + " must be positive: " + duration);
    }
    return duration;
  }
}
