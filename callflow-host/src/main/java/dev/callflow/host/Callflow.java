package dev.callflow.host;

import dev.callflow.conference.Conferences;
import dev.callflow.conference.event.ConferenceEvent;
import dev.callflow.conference.journal.Journal;
import dev.callflow.conference.mixer.Mixer;
import dev.callflow.conference.mixer.Placement;
import dev.callflow.conference.mixer.RoomOwners;
import dev.callflow.conference.mixer.Switches;
import dev.callflow.conference.observe.ConferenceObserver;
import dev.callflow.core.CallObserver;
import dev.callflow.core.CallflowEngine;
import dev.callflow.core.CallflowModule;
import dev.callflow.core.call.HangupCause;
import dev.callflow.core.call.MediaGuard;
import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.DocumentStore;
import dev.callflow.core.document.StoreUnavailableException;
import dev.callflow.core.file.TransferredFiles;
import dev.callflow.core.limit.AccountLimits;
import dev.callflow.core.limit.Limits;
import dev.callflow.core.record.RecordStore;
import dev.callflow.core.record.Retention;
import dev.callflow.core.record.RetentionTask;
import dev.callflow.core.store.DataFolder;
import dev.callflow.core.time.TimeSource;
import dev.callflow.esl.error.EslException;
import dev.callflow.esl.runtime.EslRuntime;
import dev.callflow.freeswitch.CallAccess;
import dev.callflow.freeswitch.FreeSwitch;
import dev.callflow.freeswitch.FreeSwitchOptions;
import dev.callflow.freeswitch.restart.PositionKey;
import dev.callflow.host.history.HistoryWriter;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running Callflow: takes calls from one or several FreeSWITCHes, runs their callflows, and
 * controls their conferences.
 *
 * <pre>{@code
 * try (Callflow callflow = Callflow.builder()
 *     .data(Path.of("data"))
 *     .freeSwitch("127.0.0.1:8021", password)
 *     .start()) {
 *   …
 * }
 * }</pre>
 *
 * <p>Safe for use by any thread.
 */
public final class Callflow implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Callflow.class);

  /**
   * How long calls that were hung up, and threads of calls that were handed over, may take to end.
   */
  private static final Duration END_TIMEOUT = Duration.ofSeconds(5);

  /** How long the store may take to write the end of the history. */
  private static final Duration HISTORY_TIMEOUT = Duration.ofSeconds(5);

  private static final Duration CHECK_INTERVAL = Duration.ofMillis(50);

  private final TimeSource time;
  private final Duration closingTimeout;
  private final boolean canHandOver;
  private final Optional<DataFolder> folder;
  private final DocumentStore documents;
  private final Map<String, FreeSwitch> freeSwitches = new LinkedHashMap<>();
  private final Conferences conferences;
  private final CallflowEngine engine;
  private final Optional<RetentionTask> retention;
  private final Optional<HistoryWriter> history;

  /** Held while the calls are being closed, so that a second thread waits until they are. */
  private final ReentrantLock closingLock = new ReentrantLock();

  private volatile boolean started;
  private volatile boolean closing;
  private @Nullable Closed closed;

  private Callflow(Builder builder) {
    time = builder.time;
    closingTimeout = builder.closingTimeout;
    DocumentStore given = builder.documents;
    folder = given == null ? Optional.of(builder.openFolder()) : Optional.empty();
    documents = given == null ? folder.orElseThrow() : given;
    @Nullable HistoryWriter recording = null;
    try {
      List<FreeSwitchOptions> options = builder.freeSwitchOptions();
      canHandOver = options.stream().allMatch(it -> it.positionKey().isPresent());
      Mixer mixer = mixer(builder, switches(builder, options));
      Limits limits = Limits.of(documents, time, builder.limits);
      ActivityLog activity = new ActivityLog();
      conferences = conferences(builder, mixer, limits, activity);
      conferences.onEvent(activity::published);
      transfer(builder);
      recording = history(builder);
      history = Optional.ofNullable(recording);
      List<CallObserver> observers = callObservers(builder);
      engine = engine(builder, observers, limits);
      observers.forEach(it -> conferences.onCallEnded(it::ended));
      if (builder.meters != null) {
        builder.meters.bind(this, limits);
      }
      retention = Optional.ofNullable(retention(builder));
    } catch (RuntimeException e) {
      freeSwitches.values().forEach(FreeSwitch::close);
      if (recording != null) {
        recording.close(false, HISTORY_TIMEOUT);
      }
      folder.ifPresent(DataFolder::close);
      throw e;
    }
  }

  /** Lets FreeSWITCH send its recordings to the host. */
  private void transfer(Builder builder) {
    TransferredFiles files = builder.files;
    if (files != null) {
      files.switches(new FreeSwitchFiles(freeSwitches.values()));
      conferences.onEvent(event -> {
        if (event instanceof ConferenceEvent.RecordingStopped stopped
            && !stopped.path().isEmpty()) {
          files.recordingEnded(stopped.path());
        }
      });
    }
  }

  private @Nullable RetentionTask retention(Builder builder) {
    RecordStore store = builder.records;
    return store == null ? null : RetentionTask.start(store, builder.retention, time);
  }

  private List<Switches.Switch> switches(Builder builder, List<FreeSwitchOptions> options) {
    List<Switches.Switch> switches = new ArrayList<>();
    for (int i = 0; i < options.size(); i++) {
      SwitchOptions each = builder.freeSwitches.get(i);
      FreeSwitch freeSwitch = new FreeSwitch(options.get(i), time, builder.runtime);
      freeSwitches.put(each.name(), freeSwitch);
      switches.add(new Switches.Switch(each.name(), each.sipAddress(), freeSwitch.mixer()));
    }
    return switches;
  }

  private static Mixer mixer(Builder builder, List<Switches.Switch> switches) {
    return switches.size() == 1
        ? switches.getFirst().mixer()
        : new Switches(
            switches,
            RoomOwners.inProcess(),
            Placement.FIRST_CALLER,
            room -> builder.bridges,
            builder.time,
            builder.unreachableTimeout);
  }

  private Conferences conferences(
      Builder builder, Mixer mixer, Limits limits, ActivityLog activity) {
    Journal journal = builder.journal;
    Conferences.Builder conferences =
        Conferences.builder(documents, journal == null ? mixer : journal.mixer(mixer), builder.time)
            .limits(limits)
            .media(builder.media)
            .unreachableTimeout(builder.unreachableTimeout)
            .observer(activity);
    if (journal != null) {
      conferences.observer(journal.observer((call, outcome) -> {}));
    }
    builder.conferenceObservers.forEach(conferences::observer);
    if (builder.meters != null) {
      builder.meters.addTo(conferences);
    }
    return conferences.build();
  }

  private @Nullable HistoryWriter history(Builder builder) {
    RecordStore store = builder.records;
    return store == null ? null : new HistoryWriter(store, documents, conferences, time);
  }

  private List<CallObserver> callObservers(Builder builder) {
    List<CallObserver> observers = new ArrayList<>(builder.callObservers);
    history.ifPresent(observers::add);
    if (builder.meters != null) {
      observers.add(builder.meters.ofCalls());
    }
    return observers;
  }

  private CallflowEngine engine(Builder builder, List<CallObserver> observers, Limits limits) {
    CallflowEngine.Builder calls =
        CallflowEngine.builder(documents, time)
            .modules(conferences.modules())
            .modules(builder.modules)
            .limits(limits)
            .media(builder.media);
    observers.forEach(calls::observer);
    Journal journal = builder.journal;
    if (journal != null) {
      calls.legs(journal::leg);
    }
    AccountId account = builder.defaultAccount;
    if (account != null) {
      calls.defaultAccount(account);
    } else if (documents.accounts().size() == 1) {
      calls.defaultAccount(documents.accounts().iterator().next());
    }
    return calls.build();
  }

  /**
   * Returns a builder. It needs documents, by {@link Builder#data} or {@link Builder#documents},
   * and at least one FreeSWITCH; everything else has a default.
   *
   * @return the builder
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Listens for calls and connects to FreeSWITCH, if the builder has only {@linkplain Builder#build
   * built} this object. Returns once it listens, without waiting for FreeSWITCH ({@link
   * #awaitConnected}). If it fails, this object is closed.
   *
   * @throws IllegalStateException if it has been started or closed
   * @throws dev.callflow.esl.error.EslConnectException if the address for calls cannot be bound
   */
  public void start() {
    closingLock.lock();
    try {
      if (started || closing) {
        throw new IllegalStateException(
            "Callflow has been " + (closing ? "closed" : "started") + " before");
      }
      started = true;
      listen();
    } finally {
      closingLock.unlock();
    }
  }

  private void listen() {
    try {
      freeSwitches.values().forEach(it -> it.start(engine));
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /**
   * Returns the conferences, for watching and controlling them.
   *
   * @return the conferences
   */
  public Conferences conferences() {
    return conferences;
  }

  /**
   * Returns the address at which the first FreeSWITCH hands over calls.
   *
   * @return the address, with the actual port
   * @throws IllegalStateException if Callflow has not been started
   */
  public InetSocketAddress calls() {
    return freeSwitches.values().iterator().next().calls();
  }

  /**
   * Returns the address at which a FreeSWITCH hands over calls.
   *
   * @param freeSwitch the name of the FreeSWITCH
   * @return the address, with the actual port
   * @throws IllegalArgumentException if no FreeSWITCH has the name
   * @throws IllegalStateException if Callflow has not been started
   */
  public InetSocketAddress calls(String freeSwitch) {
    FreeSwitch found = freeSwitches.get(freeSwitch);
    if (found == null) {
      throw new IllegalArgumentException(
          "there is no FreeSWITCH '%s'; the names are %s"
              .formatted(freeSwitch, freeSwitches.keySet()));
    }
    return found.calls();
  }

  /**
   * Waits until all FreeSWITCHes are connected, so that conferences can be controlled.
   *
   * @param timeout how long to wait
   * @return whether they are connected
   */
  public boolean awaitConnected(Duration timeout) {
    Instant deadline = time.now().plus(timeout);
    boolean connected = true;
    for (FreeSwitch each : freeSwitches.values()) {
      Duration left = Duration.between(time.now(), deadline);
      connected &= each.awaitConnected(left.isNegative() ? Duration.ZERO : left);
    }
    return connected;
  }

  /**
   * Returns why the last attempts to connect to FreeSWITCHes have failed. Does not block.
   *
   * @return the reasons, by the names of the FreeSWITCHes; {@link
   *     dev.callflow.esl.error.EslAuthenticationException} if FreeSWITCH answered and refused.
   *     FreeSWITCHes that are connected, or have not been tried yet, are missing
   */
  public Map<String, EslException> connectFailures() {
    Map<String, EslException> failures = new LinkedHashMap<>();
    freeSwitches.forEach(
        (name, each) -> each.connectFailure().ifPresent(failure -> failures.put(name, failure)));
    return Collections.unmodifiableMap(failures);
  }

  /**
   * Returns the health at this moment; asks the store, so it may block for as long as the store
   * does.
   *
   * @return the health
   */
  public Health health() {
    return new Health(
        freeSwitches.entrySet().stream()
            .map(it ->
                new Health.Link(
                    it.getKey(), it.getValue().isConnected(), it.getValue().connectedSince()))
            .toList(),
        isStoreReachable(),
        conferences.roomCount(),
        engine.live(),
        closing);
  }

  private boolean isStoreReachable() {
    try {
      documents.requireReachable();
      return true;
    } catch (StoreUnavailableException e) {
      LOG.debug("the store cannot be reached", e);
      return false;
    }
  }

  int liveCalls() {
    return engine.live();
  }

  long droppedHistory() {
    return history.map(HistoryWriter::dropped).orElse(0L);
  }

  int connectedFreeSwitches() {
    return sum(it -> it.isConnected() ? 1 : 0);
  }

  /**
   * Closes as {@link #close(Closing)} does with {@link Closing#HAND_OVER}: calls continue in
   * FreeSWITCH if there is a position key, and are hung up otherwise.
   */
  @Override
  public void close() {
    close(Closing.HAND_OVER);
  }

  /**
   * Stops listening for calls, and waits until no call is left that would be interrupted, but no
   * longer than the {@linkplain Builder#closingTimeout closing timeout}: with {@link
   * Closing#HAND_OVER} for the callers who are not in a room, with {@link Closing#HANG_UP} for all
   * calls. Then does with the calls that are left what the argument says, disconnects from
   * FreeSWITCH, writes the rest of the history, and closes the data folder. Blocks for up to 15
   * seconds more than the timeout.
   *
   * <p>FreeSWITCH's dialplan tries to reach a host for 30 seconds, so new callers reach the next
   * process if it starts within this time. After the first call, further calls of this method do
   * nothing. If the thread is interrupted, closes without waiting any longer.
   *
   * @param how what happens to the calls that are left; without a position key, they are hung up in
   *     any case
   * @return the calls that were left
   */
  public Closed close(Closing how) {
    closingLock.lock();
    try {
      Closed before = closed;
      if (before != null) {
        return before;
      }
      closing = true;
      Closed now = closeCalls(canHandOver ? how : Closing.HANG_UP);
      retention.ifPresent(RetentionTask::close);
      history.ifPresent(it -> it.close(now.how() == Closing.HANG_UP, HISTORY_TIMEOUT));
      folder.ifPresent(DataFolder::close);
      closed = now;
      return now;
    } finally {
      closingLock.unlock();
    }
  }

  private Closed closeCalls(Closing how) {
    freeSwitches.values().forEach(FreeSwitch::stopListening);
    await(
        switch (how) {
          case HAND_OVER -> () -> sum(FreeSwitch::legsOutsideOfRooms) == 0;
          case HANG_UP -> () -> sum(FreeSwitch::controlledLegs) == 0;
        },
        closingTimeout);
    Closed left =
        new Closed(how, conferences.participantCount(), sum(FreeSwitch::legsOutsideOfRooms));
    if (how == Closing.HANG_UP) {
      freeSwitches.values().forEach(it -> it.hangUpAll(HangupCause.NORMAL_TEMPORARY_FAILURE));
      await(() -> sum(FreeSwitch::controlledLegs) == 0, END_TIMEOUT);
    }
    freeSwitches.values().forEach(FreeSwitch::close);
    if (!hasEnded(engine)) {
      LOG.warn("closed, although threads of calls have not ended: {}", engine.live());
    }
    return left;
  }

  private static boolean hasEnded(CallflowEngine engine) {
    try {
      return engine.close(END_TIMEOUT);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return engine.live() == 0;
    }
  }

  private int sum(ToIntFunction<FreeSwitch> count) {
    return freeSwitches.values().stream().mapToInt(count).sum();
  }

  /** Waits for a condition; returns whether it holds in time. */
  private boolean await(BooleanSupplier condition, Duration timeout) {
    Instant deadline = time.now().plus(timeout);
    try {
      while (!condition.getAsBoolean() && time.now().isBefore(deadline)) {
        time.<Boolean>inbox(1).poll(CHECK_INTERVAL);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return condition.getAsBoolean();
  }

  /**
   * A FreeSWITCH.
   *
   * @param options returns the options, given the address to listen on and the builder's settings
   */
  private record SwitchOptions(
      String name, String sipAddress, Function<InetSocketAddress, FreeSwitchOptions> options) {}

  /** Collects the settings of {@link Callflow}. Each is checked when it is set. */
  public static final class Builder {

    private final List<SwitchOptions> freeSwitches = new ArrayList<>();
    private final List<CallflowModule> modules = new ArrayList<>();
    private final List<CallObserver> callObservers = new ArrayList<>();
    private final List<ConferenceObserver> conferenceObservers = new ArrayList<>();
    private InetSocketAddress listen = new InetSocketAddress("127.0.0.1", 8084);
    private Switches.Credentials bridges = new Switches.Credentials("", "");
    private CallAccess access = CallAccess.ANYONE;
    private MediaGuard media = MediaGuard.standard();
    private AccountLimits limits = AccountLimits.standard();
    private Duration controlTimeout = Duration.ofSeconds(5);
    private Duration unreachableTimeout = Duration.ofMinutes(1);
    private Duration closingTimeout = Duration.ofSeconds(5);
    private TimeSource time = TimeSource.system();
    private EslRuntime runtime = EslRuntime.system();
    private @Nullable Path data;
    private @Nullable DocumentStore documents;
    private @Nullable PositionKey positionKey;
    private @Nullable AccountId defaultAccount;
    private @Nullable Journal journal;
    private @Nullable RecordStore records;
    private @Nullable TransferredFiles files;
    private @Nullable Meters meters;
    private Retention retention = Retention.standard();

    private Builder() {}

    /**
     * Takes accounts and documents from a data folder, which is read at the start, watched for
     * changes, and closed with Callflow. Problems of documents are logged.
     *
     * @param directory the folder; it must contain a folder {@code accounts}
     * @return this builder
     * @throws IllegalStateException if a store has been set
     */
    public Builder data(Path directory) {
      if (documents != null) {
        throw new IllegalStateException("a data folder and a store exclude each other");
      }
      data = directory;
      return this;
    }

    /**
     * Takes accounts and documents from a store, such as a {@code MemoryStore} or a {@code
     * JdbcStore}. The application closes the store, after Callflow.
     *
     * @param store the store
     * @return this builder
     * @throws IllegalStateException if a data folder has been set
     */
    public Builder documents(DocumentStore store) {
      if (data != null) {
        throw new IllegalStateException("a data folder and a store exclude each other");
      }
      documents = store;
      return this;
    }

    /**
     * Adds a FreeSWITCH with default options. Its name is the address. With several FreeSWITCHes,
     * each hands over its calls to a port of its own: the first one to the port of {@link #listen},
     * the second one to the next port, and so on.
     *
     * @param address the event socket, as {@code HOST:PORT}
     * @param password the password of the event socket
     * @return this builder
     * @throws IllegalArgumentException if the address or the password is invalid
     */
    public Builder freeSwitch(String address, String password) {
      return freeSwitch(address, password, options -> {});
    }

    /**
     * Adds a FreeSWITCH, like {@link #freeSwitch(String, String)}, and sets options for it.
     *
     * @param address the event socket, as {@code HOST:PORT}
     * @param password the password of the event socket
     * @param more sets options, such as the conference profile; called once by {@link #start}
     * @return this builder
     * @throws IllegalArgumentException if the address or the password is invalid
     */
    public Builder freeSwitch(
        String address, String password, Consumer<FreeSwitchOptions.Builder> more) {
      return freeSwitch(HostAddress.of("the address of a FreeSWITCH", address, 1), password, more);
    }

    /**
     * Does the same as {@link #freeSwitch(String, String, Consumer)}.
     *
     * @param control the address of the event socket
     * @param password the password of the event socket
     * @param more sets options, such as the conference profile; called once by {@link #start}
     * @return this builder
     * @throws IllegalArgumentException if the password is empty
     */
    public Builder freeSwitch(
        InetSocketAddress control, String password, Consumer<FreeSwitchOptions.Builder> more) {
      String address = control.getHostString() + ":" + control.getPort();
      if (password.isEmpty()) {
        throw new IllegalArgumentException(
            "the password of the FreeSWITCH at %s must not be empty".formatted(address));
      }
      return add(
          new SwitchOptions(
              address,
              control.getHostString(),
              calls -> {
                FreeSwitchOptions.Builder options =
                    FreeSwitchOptions.builder(calls, control, password)
                        .access(access)
                        .controlTimeout(controlTimeout);
                more.accept(options);
                return options.build();
              }));
    }

    /**
     * Adds one of several FreeSWITCHes, with all of its options. {@link #listen}, {@link #access}
     * and {@link #controlTimeout} do not apply to it; the position key does, unless the options
     * contain one.
     *
     * @param name the name of the FreeSWITCH, which the rooms that run on it have as their {@code
     *     focus}
     * @param sipAddress the SIP address at which the other FreeSWITCHes reach this one, as {@code
     *     HOST} or {@code HOST:PORT}
     * @param options the options
     * @return this builder
     * @throws IllegalArgumentException if another FreeSWITCH has the name or the SIP address
     */
    public Builder freeSwitch(String name, String sipAddress, FreeSwitchOptions options) {
      return add(new SwitchOptions(name, sipAddress, calls -> options));
    }

    private Builder add(SwitchOptions added) {
      for (SwitchOptions each : freeSwitches) {
        if (each.name().equals(added.name())) {
          throw new IllegalArgumentException("two FreeSWITCHes are named " + added.name());
        }
        if (each.sipAddress().equals(added.sipAddress())) {
          throw new IllegalArgumentException(
              ("two FreeSWITCHes have the SIP address %s; set different ones with"
                      + " freeSwitch(name, sipAddress, options)")
                  .formatted(added.sipAddress()));
        }
      }
      freeSwitches.add(added);
      return this;
    }

    /**
     * Sets the credentials with which one FreeSWITCH bridges callers to a room on another one.
     *
     * @param username the user name; empty by default
     * @param password the password; empty by default
     * @return this builder
     * @throws IllegalArgumentException if a value cannot be written in a dial string
     */
    public Builder bridgeCredentials(String username, String password) {
      bridges = new Switches.Credentials(username, password);
      return this;
    }

    /**
     * Sets the address to listen on for calls, which the dialplan's {@code socket} application
     * names.
     *
     * @param address the address, as {@code HOST:PORT}; {@code 127.0.0.1:8084} by default. With
     *     port 0, any free port is used
     * @return this builder
     * @throws IllegalArgumentException if the address is invalid
     */
    public Builder listen(String address) {
      return listen(HostAddress.of("the address to listen on", address, 0));
    }

    /**
     * Does the same as {@link #listen(String)}.
     *
     * @param address the address
     * @return this builder
     */
    public Builder listen(InetSocketAddress address) {
      listen = address;
      return this;
    }

    /**
     * Restricts which calls are accepted. The port for calls has no password, so set this if it can
     * be reached by anyone but FreeSWITCH.
     *
     * @param restriction the addresses and secrets; none by default
     * @return this builder
     */
    public Builder access(CallAccess restriction) {
      access = restriction;
      return this;
    }

    /**
     * Adds a module, which implements an element of callflows. It replaces a built-in module of the
     * same name.
     *
     * @param module the module
     * @return this builder
     * @throws IllegalArgumentException if another added module has the name
     */
    public Builder module(CallflowModule module) {
      if (modules.stream().anyMatch(it -> it.name().equals(module.name()))) {
        throw new IllegalArgumentException("two modules are named " + module.name());
      }
      modules.add(module);
      return this;
    }

    /**
     * Adds an observer of calls. It also gets the records of callers who were in a room when this
     * process started, and who hang up there.
     *
     * @param observer the observer
     * @return this builder
     */
    public Builder observer(CallObserver observer) {
      callObservers.add(observer);
      return this;
    }

    /**
     * Adds an observer of visits to conferences and of operators' actions.
     *
     * @param observer the observer
     * @return this builder
     */
    public Builder conferenceObserver(ConferenceObserver observer) {
      conferenceObservers.add(observer);
      return this;
    }

    /**
     * Sets the account for calls that belong to no other account.
     *
     * @param account the account; by default the only account that there is at the start, or none
     *     if there are several
     * @return this builder
     */
    public Builder defaultAccount(AccountId account) {
      defaultAccount = account;
      return this;
    }

    /**
     * Sets which media an account may play in addition to its own media, prompts and tones.
     *
     * @param guard the guard; {@link MediaGuard#standard} by default
     * @return this builder
     */
    public Builder media(MediaGuard guard) {
      media = guard;
      return this;
    }

    /**
     * Sets the limits of accounts for which nothing else is configured.
     *
     * @param standard the limits; {@link AccountLimits#standard} by default
     * @return this builder
     */
    public Builder limits(AccountLimits standard) {
      limits = standard;
      return this;
    }

    /**
     * Sets the key that signs the positions of calls, so that the next process can continue them.
     *
     * @param key the key; by default that in the file {@code .position-key} of the data folder,
     *     which is created if it is missing, and none without a data folder
     * @return this builder
     */
    public Builder positionKey(PositionKey key) {
      positionKey = key;
      return this;
    }

    /**
     * Records the calls in a journal. The application closes the journal, after Callflow.
     *
     * @param open the journal; none by default
     * @return this builder
     */
    public Builder journal(Journal open) {
      journal = open;
      return this;
    }

    /**
     * Lets FreeSWITCH, whose file system the host does not see, send recordings to the host when
     * they have ended, and fetch uploaded media. FreeSWITCH needs {@code mod_http_cache}, and the
     * API must be built with the same files.
     *
     * @param transferred the files; by default FreeSWITCH keeps its recordings
     * @return this builder
     */
    public Builder files(TransferredFiles transferred) {
      files = transferred;
      return this;
    }

    /**
     * Keeps a history of calls, conferences, participants, recordings and refused callers. It is
     * written by a thread of its own; while the store is unavailable, up to 10,000 events and calls
     * wait for it, and older ones are dropped. Records that are too old are removed once an hour.
     * The application closes the store, after Callflow.
     *
     * @param store the store of records; by default, no history is kept
     * @return this builder
     */
    public Builder records(RecordStore store) {
      records = store;
      return this;
    }

    /**
     * Registers meters with Micrometer, whose names all begin with {@code callflow.}; docs/rooms.md
     * lists them.
     *
     * @param registry the registry; by default, nothing is measured
     * @return this builder
     */
    // Micrometer is an optional dependency: only users of this method need it.
    @SuppressWarnings("exports")
    public Builder meters(MeterRegistry registry) {
      meters = new Meters(registry);
      return this;
    }

    /**
     * Sets how long FreeSWITCH may take to carry out a command.
     *
     * @param timeout the timeout; 5 s by default
     * @return this builder
     * @throws IllegalArgumentException if the timeout is not positive
     */
    public Builder controlTimeout(Duration timeout) {
      controlTimeout = positive("the control timeout", timeout);
      return this;
    }

    /**
     * Sets how long the rooms of a FreeSWITCH are kept while it cannot be reached. Then they end.
     *
     * @param timeout the timeout; one minute by default
     * @return this builder
     * @throws IllegalArgumentException if the timeout is not positive
     */
    public Builder unreachableTimeout(Duration timeout) {
      unreachableTimeout = positive("the unreachable timeout", timeout);
      return this;
    }

    /**
     * Sets how long records are kept.
     *
     * @param limits the limits; {@link Retention#standard} by default
     * @return this builder
     */
    public Builder retention(Retention limits) {
      retention = limits;
      return this;
    }

    /**
     * Sets how long {@link Callflow#close(Closing)} waits for calls to end. FreeSWITCH's dialplan
     * tries to reach a host for 30 seconds, so with {@link Closing#HAND_OVER} the timeout and the
     * start of the next process together should not take longer.
     *
     * @param timeout the timeout; 5 s by default, zero for not waiting
     * @return this builder
     * @throws IllegalArgumentException if the timeout is negative
     */
    public Builder closingTimeout(Duration timeout) {
      if (timeout.isNegative()) {
        throw new IllegalArgumentException(
            "the closing timeout must not be negative, but is " + timeout);
      }
      closingTimeout = timeout;
      return this;
    }

    private static Duration positive(String what, Duration timeout) {
      if (!timeout.isPositive()) {
        throw new IllegalArgumentException(what + " must be positive, but is " + timeout);
      }
      return timeout;
    }

    /** Sets the time and the network, so that tests can run in virtual time. */
    Builder runtime(TimeSource source, EslRuntime environment) {
      time = source;
      runtime = environment;
      return this;
    }

    /**
     * Builds and starts Callflow; returns once it listens for calls, without waiting for FreeSWITCH
     * ({@link Callflow#awaitConnected}).
     *
     * @return the running Callflow
     * @throws IllegalStateException if there are no documents or no FreeSWITCH
     * @throws IllegalArgumentException if the data folder or its position key cannot be used
     * @throws dev.callflow.core.document.StoreUnavailableException if the store cannot be read
     * @throws dev.callflow.esl.error.EslConnectException if the address for calls cannot be bound
     */
    public Callflow start() {
      Callflow built = build();
      built.start();
      return built;
    }

    /**
     * Builds Callflow without starting it, for applications that need the object before calls may
     * arrive. Call {@link Callflow#start} later, and {@link Callflow#close()} in any case.
     *
     * @return Callflow, which neither listens for calls nor connects to FreeSWITCH yet
     * @throws IllegalStateException if there are no documents or no FreeSWITCH
     * @throws IllegalArgumentException if the data folder or its position key cannot be used
     * @throws dev.callflow.core.document.StoreUnavailableException if the store cannot be read
     */
    public Callflow build() {
      if (data == null && documents == null) {
        throw new IllegalStateException(
            "there are no documents: set a data folder with data(…), or a store with documents(…)");
      }
      if (freeSwitches.isEmpty()) {
        throw new IllegalStateException(
            "there is no FreeSWITCH: add one with freeSwitch(address, password)");
      }
      return new Callflow(this);
    }

    /** Returns the options of each FreeSWITCH, in the order in which they were added. */
    private List<FreeSwitchOptions> freeSwitchOptions() {
      Optional<PositionKey> key = positionKey();
      List<FreeSwitchOptions> all = new ArrayList<>();
      InetSocketAddress calls = listen;
      for (SwitchOptions each : freeSwitches) {
        FreeSwitchOptions options = each.options().apply(calls);
        FreeSwitchOptions.Builder more = options.toBuilder();
        if (options.positionKey().isEmpty()) {
          key.ifPresent(more::positionKey);
        }
        if (meters != null) {
          meters.addTo(more);
        }
        TransferredFiles transferred = files;
        if (transferred != null) {
          more.uploadUrls(it -> transferred.url(it.account(), it.id(), it.format()));
        }
        all.add(more.build());
        calls = next(calls);
      }
      return all;
    }

    /** Returns the address for the calls of the next FreeSWITCH. */
    private static InetSocketAddress next(InetSocketAddress listen) {
      return listen.getPort() == 0
          ? listen
          : new InetSocketAddress(listen.getHostString(), listen.getPort() + 1);
    }

    private Optional<PositionKey> positionKey() {
      if (positionKey != null || data == null) {
        return Optional.ofNullable(positionKey);
      }
      Path file = data.resolve(".position-key");
      try {
        return Optional.of(PositionKey.ofFile(file));
      } catch (IOException e) {
        throw new IllegalArgumentException(
            "cannot read or create the position key file %s: %s".formatted(file, e.getMessage()),
            e);
      }
    }

    private DataFolder openFolder() {
      if (data == null) {
        throw new IllegalStateException("there is no data folder");
      }
      return DataFolder.open(data, new DocumentChecks(media, modules), time);
    }
  }
}
