package dev.callflow.simulator.wire;

import dev.callflow.core.call.EndedBy;
import dev.callflow.core.call.HangupCause;
import dev.callflow.core.time.TimeSource;
import dev.callflow.simulator.SimulatedSwitch;
import dev.callflow.simulator.model.ChannelState;
import dev.callflow.simulator.model.FarEnd;
import dev.callflow.simulator.model.MediaLibrary;
import dev.callflow.simulator.model.NewChannel;
import dev.callflow.simulator.model.SimKeyAction;
import dev.callflow.simulator.model.SimRoomState;
import dev.callflow.simulator.model.SwitchSettings;
import dev.callflow.simulator.network.Network;
import dev.callflow.simulator.wire.call.ApplicationRunner;
import dev.callflow.simulator.wire.call.Applications;
import dev.callflow.simulator.wire.call.Bridges;
import dev.callflow.simulator.wire.call.CallToken;
import dev.callflow.simulator.wire.call.Dialplan;
import dev.callflow.simulator.wire.call.EffectLog;
import dev.callflow.simulator.wire.call.EmbeddedCommands;
import dev.callflow.simulator.wire.call.History;
import dev.callflow.simulator.wire.call.Hooks;
import dev.callflow.simulator.wire.call.Originate;
import dev.callflow.simulator.wire.call.PlacedCalls;
import dev.callflow.simulator.wire.call.Routing;
import dev.callflow.simulator.wire.call.SocketMode;
import dev.callflow.simulator.wire.command.ApiCommands;
import dev.callflow.simulator.wire.command.ChannelCommands;
import dev.callflow.simulator.wire.command.ConferenceApi;
import dev.callflow.simulator.wire.command.ConferenceCalls;
import dev.callflow.simulator.wire.command.HttpCacheCommands;
import dev.callflow.simulator.wire.command.JobCommands;
import dev.callflow.simulator.wire.command.OriginateCommand;
import dev.callflow.simulator.wire.command.ShutdownCommands;
import dev.callflow.simulator.wire.command.SwitchCommands;
import dev.callflow.simulator.wire.effect.Effect;
import dev.callflow.simulator.wire.event.EventWriter;
import dev.callflow.simulator.wire.event.WireEvent;
import dev.callflow.simulator.wire.job.Activity;
import dev.callflow.simulator.wire.job.Jobs;
import dev.callflow.simulator.wire.job.Waits;
import dev.callflow.simulator.wire.setup.SimRoomProfile;
import dev.callflow.simulator.wire.setup.UserRights;
import dev.callflow.simulator.wire.setup.WireFaults;
import dev.callflow.simulator.wire.socket.ChannelMessages;
import dev.callflow.simulator.wire.socket.EventSocketServer;
import dev.callflow.simulator.wire.socket.Logins;
import dev.callflow.simulator.wire.socket.SessionSupport;
import dev.callflow.simulator.wire.socket.SocketCommands;
import dev.callflow.simulator.wire.text.MediaPath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A FreeSWITCH without audio: a simulated switch behind an event socket, in real or virtual time.
 *
 * <p>Clients connect to it as they would to port 8021 of a FreeSWITCH. Incoming calls are handed to
 * an application, as {@code socket HOST:PORT async full} in the dialplan does: to the configured
 * address, or to the port in the dialled number ({@code socket_9000}). Calls to {@code park} and
 * {@code echo} are answered without an application. A call has one leg, whereas FreeSWITCH's
 * loopback calls have two: keys sent to a call's UUID count as pressed by the caller.
 *
 * <p>Listens and connects on the loopback interface only. Thread-safe.
 */
public final class SimulatedFreeSwitch implements AutoCloseable {

  private static final Duration HEARTBEAT = Duration.ofSeconds(20);
  private static final String HOSTNAME = "simulated";

  /** The cause of a SIP response 503. */
  private static final String UNAVAILABLE = "NORMAL_TEMPORARY_FAILURE";

  private final TimeSource time;
  private final AtomicReference<String> coreUuid;
  private final SimulatedSwitch model;
  private final EventWriter events;
  private final ApiCommands api;
  private final Routing routing;
  private final EventSocketServer eventSocket;
  private final Originate originate;
  private final Bridges bridges;
  private final PlacedCalls calls;
  private final EffectLog effects = new EffectLog();
  private final History history = new History();
  private final Activity activity = new Activity();
  private final Shutdown shutdown;
  private volatile WireFaults faults;
  private volatile boolean closed;

  private SimulatedFreeSwitch(Builder builder) throws IOException {
    time = builder.time;
    faults = builder.faults;
    model = new SimulatedSwitch(time, settings(builder));
    coreUuid = new AtomicReference<>(model.coreUuid());
    Jobs jobs = new Jobs(time, activity);
    Waits waits = new Waits(time);
    shutdown = new Shutdown(new ShutdownParts(), jobs);
    EmbeddedCommands commands = new EmbeddedCommands(this::api, jobs, effects);
    ApplicationRunner applications =
        new ApplicationRunner(
            model,
            new Applications(Map.copyOf(builder.profiles), Map.copyOf(builder.controls)),
            commands,
            effects,
            new DeferredBridging());
    Hooks hooks = new Hooks(commands, applications, effects);
    routing =
        new Routing(
            model,
            dialplan(builder),
            applications,
            new Routing.HandOverSettings(builder.application, this::handOver),
            Optional.ofNullable(builder.callSecret).map(CallToken::new));
    events = new EventWriter(time, coreUuid::get, HOSTNAME, routing::knows);
    calls = new PlacedCalls(model, routing, hooks, jobs, HOSTNAME, shutdown::refusesCalls);
    originate = new Originate(model, calls, effects, waits);
    bridges = new Bridges(model, hooks, originate, jobs);
    api =
        new ApiCommands(
            List.of(
                new SwitchCommands(model, commands, coreUuid::get, HOSTNAME, builder.version),
                new HttpCacheCommands(model),
                new ShutdownCommands(shutdown),
                new ChannelCommands(model, applications, events, effects),
                new OriginateCommand(model, originate, calls, history),
                new JobCommands(this::api, jobs, commands),
                new ConferenceApi(
                    model.rooms(),
                    new ConferenceCalls(model, originate, events, this::publish, jobs),
                    commands,
                    this::faults,
                    time::now)));
    eventSocket =
        new EventSocketServer(
            builder.network,
            builder.network.listen(builder.esl),
            new SessionSupport(time, activity, jobs, this::faults),
            new SocketCommands(
                model,
                new ChannelMessages(
                    model,
                    applications,
                    history,
                    new ChannelMessages.CallThreads(activity, waits),
                    this::faults),
                new Logins(builder.password, Map.copyOf(builder.users), builder.accessList),
                new SocketCommands.Commands(this::api, jobs, effects),
                new SocketCommands.Clients(events, this::publish)),
            routing);
    followTheModel(hooks);
    eventSocket.start();
    beat();
  }

  private static SwitchSettings settings(Builder builder) {
    SwitchSettings prompt =
        new SwitchSettings(
            newId(),
            SimulatedFreeSwitch::newId,
            scaled(builder.media, builder.mediaScale),
            builder.recordable,
            builder.refusesJoins,
            () -> Duration.ZERO);
    return builder.delaySeed.isPresent() ? prompt.delayed(builder.delaySeed.getAsLong()) : prompt;
  }

  private static Dialplan dialplan(Builder builder) {
    return builder
        .dialplan
        .with("conference:(.+)", List.of("conference $1"))
        .with("park", List.of("answer", "park"))
        .with("echo", List.of("answer", "echo"))
        .with("socket_(\\d{1,5})", List.of("socket 127.0.0.1:$1 async full"))
        .with(".*", List.of(Routing.SOCKET));
  }

  /**
   * Registers all listeners. The order matters: clients receive an event before the simulator
   * reacts to it.
   */
  private void followTheModel(Hooks hooks) {
    history.follow(model);
    originate.follow();
    model.listen(event -> events.write(event).forEach(this::publish));
    hooks.follow(model);
    bridges.follow();
    routing.follow();
    eventSocket.follow(history::checkAgain);
  }

  /**
   * Breaks a cycle of dependencies: an application may start a bridge, and bridges run hooks, which
   * execute applications.
   */
  private final class DeferredBridging implements ApplicationRunner.Bridging {

    @Override
    public void start(ChannelState channel, String execution, String dialString) {
      bridges.start(channel, execution, dialString);
    }

    @Override
    public void invite(ChannelState channel, String room, String dialString) {
      bridges.invite(channel, room, dialString);
    }
  }

  /**
   * Returns a builder with default settings.
   *
   * @return the builder
   */
  public static Builder builder() {
    return new Builder();
  }

  /** Builds a simulated FreeSWITCH. */
  public static final class Builder {

    private InetSocketAddress esl = new InetSocketAddress("127.0.0.1", 0);
    private String password = "ClueCon";
    private InetSocketAddress application = new InetSocketAddress("127.0.0.1", 8084);
    private MediaLibrary media = SimulatedFreeSwitch::defaultLength;
    private double mediaScale = 1;
    private TimeSource time = TimeSource.system();
    private Network network = Network.tcp();
    private WireFaults faults = WireFaults.NONE;
    private Dialplan dialplan = Dialplan.empty();
    private final Map<String, SimRoomProfile> profiles = new HashMap<>();
    private final Map<String, Map<String, SimKeyAction>> controls = new HashMap<>();
    private Predicate<String> recordable = file -> true;
    private final Map<String, Logins.User> users = new HashMap<>();
    private Predicate<InetAddress> accessList = address -> true;
    private boolean refusesJoins;
    private @Nullable String callSecret;
    private String version = "1.11.3";
    private OptionalLong delaySeed = OptionalLong.empty();

    private Builder() {}

    /**
     * Sets the address of the event socket.
     *
     * @param address a loopback address; port 0 (the default) for any free port
     * @return this builder
     */
    public Builder esl(InetSocketAddress address) {
      esl = address;
      return this;
    }

    /**
     * Sets the time source for media, ringing and all waits.
     *
     * @param source the time source; real time by default. {@link
     *     dev.callflow.simulator.time.VirtualTime} requires a {@code MemoryNetwork}
     * @return this builder
     */
    public Builder time(TimeSource source) {
      time = source;
      return this;
    }

    /**
     * Sets the network of the event socket.
     *
     * @param connections the network; real sockets by default. Virtual time requires a {@code
     *     MemoryNetwork}
     * @return this builder
     */
    public Builder network(Network connections) {
      network = connections;
      return this;
    }

    /**
     * Sets the version that the commands {@code version} and {@code status} report. Clients can
     * test their reaction to another version; the simulator's behaviour does not depend on it.
     *
     * @param reported the version; {@code 1.11.3} by default
     * @return this builder
     */
    public Builder version(String reported) {
      version = reported;
      return this;
    }

    /**
     * Delays messages to channels ({@code sendmsg}), and the departure of kicked members, by 0 to
     * 40 ms, as FreeSWITCH does. A hangup can then overtake them, so tests find out whether a
     * client copes. By default, there are no delays, so that all times are exact.
     *
     * @param seed the seed; the same seed gives the same delays
     * @return this builder
     */
    public Builder delays(long seed) {
      delaySeed = OptionalLong.of(seed);
      return this;
    }

    /**
     * Simulates a fault: every room refuses every channel.
     *
     * @param refuses whether rooms refuse channels; false by default
     * @return this builder
     */
    public Builder refusesJoins(boolean refuses) {
      refusesJoins = refuses;
      return this;
    }

    /**
     * Sets the password of the event socket.
     *
     * @param secret the password; {@code ClueCon} by default
     * @return this builder
     */
    public Builder password(String secret) {
      password = secret;
      return this;
    }

    /**
     * Adds a user who can log in with {@code userauth}.
     *
     * @param name the user's name, such as {@code 1000@example.com}
     * @param secret the password
     * @param rights the user's rights
     * @return this builder
     */
    public Builder user(String name, String secret, UserRights rights) {
      users.put(name, new Logins.User(secret, rights));
      return this;
    }

    /**
     * Sets the access list of the event socket, like {@code apply-inbound-acl}. Connections from
     * other addresses are rejected before they can send a command.
     *
     * @param allowed returns whether an address is on the list; by default, every address is
     * @return this builder
     */
    public Builder accessList(Predicate<InetAddress> allowed) {
      accessList = allowed;
      return this;
    }

    /**
     * Makes the dialplan authenticate each call with a {@code callflow_token} computed from its
     * UUID and a secret.
     *
     * @param secret the secret shared with the application; by default, calls carry no token
     * @return this builder
     */
    public Builder callSecret(String secret) {
      callSecret = secret;
      return this;
    }

    /**
     * Sets the address of the application that calls are handed to.
     *
     * @param address the address; 127.0.0.1:8084 by default
     * @return this builder
     */
    public Builder application(InetSocketAddress address) {
      application = address;
      return this;
    }

    /**
     * Sets the media library.
     *
     * @param library the library; by default, every file exists and lasts two seconds, tones last
     *     half a second, and music is endless
     * @return this builder
     */
    public Builder media(MediaLibrary library) {
      media = library;
      return this;
    }

    /**
     * Scales the lengths of all media, except endless ones.
     *
     * @param factor the factor; 1 by default. With 0.1, a file of two seconds plays for 0.2 seconds
     * @return this builder
     */
    public Builder mediaScale(double factor) {
      mediaScale = factor;
      return this;
    }

    /**
     * Adds an extension to the dialplan. The first matching extension wins. Added extensions
     * precede the built-in ones, which are {@code park}, {@code echo} and the extension that hands
     * calls to the application.
     *
     * @param number a regular expression that must match the whole number
     * @param applications the applications with their arguments, such as {@code conference
     *     $1@default}; none for a number without a route. {@code socket} hands the call to the
     *     application, as {@code socket HOST:PORT async full} does; {@code socket async} does so
     *     without full control; with {@code socket full} and {@code socket static}, the call's own
     *     thread serves the application
     * @return this builder
     */
    public Builder extension(String number, String... applications) {
      dialplan = dialplan.with(number, List.of(applications));
      return this;
    }

    /**
     * Adds a conference profile. A room whose profile is unknown gets {@link SimRoomProfile#PLAIN}.
     *
     * @param name the profile's name, as in {@code conference room@name}
     * @param profile the profile
     * @return this builder
     */
    public Builder profile(String name, SimRoomProfile profile) {
      profiles.put(name, profile);
      return this;
    }

    /**
     * Adds a group of caller controls. Without such groups, keys have no effect in a room.
     *
     * @param group the group's name, as used in a profile's {@code caller-controls} ({@code
     *     default} if the profile has none) and in the variable {@code conference_controls}
     * @param actions FreeSWITCH's actions, such as {@code vol talk up}, by the keys that trigger
     *     them; actions that have no effect without audio are ignored
     * @return this builder
     */
    public Builder controls(String group, Map<String, String> actions) {
      Map<String, SimKeyAction> known = new HashMap<>();
      actions.forEach(
          (digits, words) -> SimKeyAction.of(words).ifPresent(action -> known.put(digits, action)));
      controls.put(group, Map.copyOf(known));
      return this;
    }

    /**
     * Sets which files can be recorded to.
     *
     * @param files returns whether a file can be recorded to; by default, every file can
     * @return this builder
     */
    public Builder recordable(Predicate<String> files) {
      recordable = files;
      return this;
    }

    /**
     * Sets the faults to inject into the event socket.
     *
     * @param injected the faults; {@link WireFaults#NONE} by default
     * @return this builder
     */
    public Builder faults(WireFaults injected) {
      faults = injected;
      return this;
    }

    /**
     * Starts the simulated FreeSWITCH.
     *
     * @return the running simulator, which is ready for clients to connect
     * @throws IOException if the event socket's address cannot be bound
     */
    public SimulatedFreeSwitch start() throws IOException {
      return new SimulatedFreeSwitch(this);
    }
  }

  private static Optional<Duration> defaultLength(String file) {
    if (file.startsWith("local_stream://")) {
      return Optional.of(MediaLibrary.ENDLESS);
    }
    if (file.equals("silence_stream://1000")) {
      return Optional.of(Duration.ofSeconds(1));
    }
    if (file.startsWith("silence_stream://")) {
      return Optional.of(Duration.ofMillis(20));
    }
    return file.startsWith("tone_stream://") || file.contains("%(")
        ? Optional.of(Duration.ofMillis(500))
        : Optional.of(Duration.ofSeconds(2));
  }

  private static MediaLibrary scaled(MediaLibrary library, double factor) {
    return file ->
        MediaPath.of(file)
            .flatMap(opened -> library.length(opened.path()))
            .map(length ->
                length.equals(MediaLibrary.ENDLESS)
                    ? length
                    : Duration.ofNanos((long) (length.toNanos() * factor)));
  }

  /**
   * Returns the address of the event socket.
   *
   * @return the address, with the port on which the event socket actually listens
   */
  public InetSocketAddress esl() {
    return eventSocket.address();
  }

  /**
   * Returns the simulated switch behind the event socket.
   *
   * @return the switch
   */
  public SimulatedSwitch model() {
    return model;
  }

  /**
   * Sets the application to which calls are handed over from now on, unless the dialplan names
   * another address.
   *
   * @param address the application's address
   */
  public void handCallsTo(InetSocketAddress address) {
    routing.handCallsTo(address);
  }

  /**
   * Places a call.
   *
   * @param from the caller's number
   * @param name the caller's name
   * @param to the dialled number
   * @return the caller
   */
  public SimulatedCaller call(String from, String name, String to) {
    SimulatedCaller caller = prepare(from, name, to);
    place(caller);
    return caller;
  }

  /**
   * Places a SIP call, whose channel has the headers and variables of a call from a telephone.
   *
   * @param invite the call
   * @return the caller
   */
  public SimulatedCaller call(SipInvite invite) {
    SimulatedCaller caller = prepare(invite);
    place(caller);
    return caller;
  }

  /**
   * Prepares a SIP call without placing it, so that its UUID is known before the first event.
   *
   * @param invite the call
   * @return the caller; pass it to {@link #place} to place the call
   */
  public SimulatedCaller prepare(SipInvite invite) {
    return new SimulatedCaller(invite.channel(newId()), model, history);
  }

  /**
   * Prepares a call without placing it, so that its UUID is known before the first event.
   *
   * @param from the caller's number
   * @param name the caller's name
   * @param to the dialled number
   * @return the caller; pass it to {@link #place} to place the call
   */
  public SimulatedCaller prepare(String from, String name, String to) {
    NewChannel call = new NewChannel(newId(), from, name, to, HOSTNAME, Map.of());
    return new SimulatedCaller(call, model, history);
  }

  /**
   * Places a prepared call.
   *
   * @param caller the caller
   */
  public void place(SimulatedCaller caller) {
    if (shutdown.refusesCalls()) {
      history.refused(caller.uuid(), UNAVAILABLE);
    } else {
      calls.place(caller.call());
    }
  }

  /**
   * Waits in real time; returns early if the thread is interrupted.
   *
   * @param duration the time to wait
   */
  public void await(Duration duration) {
    history.await(duration, () -> false);
  }

  /**
   * Waits until an event-socket client has subscribed to the events of all calls, as an application
   * does when it connects.
   *
   * @param timeout the maximum time to wait
   * @return whether there is such a client
   */
  public boolean awaitSubscriber(Duration timeout) {
    return history.await(timeout, eventSocket::hasSubscriber);
  }

  /**
   * Waits until all commands from clients and all background jobs have been carried out.
   *
   * @param sent the total number of bytes that all clients have sent so far; 0 to wait only for the
   *     commands that have already arrived
   * @param timeout the maximum time to wait
   * @return whether everything was carried out before the timeout
   */
  public boolean awaitQuiet(long sent, Duration timeout) {
    return activity.awaitQuiet(sent, timeout);
  }

  /**
   * Places a call with the given data and routes it through the dialplan.
   *
   * @param call the call
   */
  public void place(NewChannel call) {
    if (shutdown.refusesCalls()) {
      history.refused(call.uuid(), UNAVAILABLE);
    } else {
      model.arrive(call);
      routing.route(call.uuid(), call.destination());
    }
  }

  /**
   * Sets the behaviour of a dialled party. By default, no party can be reached.
   *
   * @param target the last part of the dial string, such as {@code sip:bob@example.com}, or {@code
   *     user@realm} for a registered phone
   * @param how the party's behaviour
   */
  public void callee(String target, FarEnd how) {
    originate.callee(target, how);
  }

  /**
   * Sets the behaviour of the parties for which no {@link #callee} is set.
   *
   * @param how a function from the leg's UUID and the target to the party's behaviour; called when
   *     the leg is about to ring
   */
  public void callees(BiFunction<String, String, FarEnd> how) {
    originate.callees(how);
  }

  /**
   * Runs an {@code api} command as if a client had sent it; blocks until the command has finished.
   *
   * @param line the command and its arguments
   * @return FreeSWITCH's answer
   */
  public String api(String line) {
    return api.run(line);
  }

  /**
   * Lists the effects of the commands that the simulator has received: legs that were dialled,
   * variables that were set, and commands that were embedded in arguments and variables and have
   * been run. A successful injection shows up here.
   *
   * @return the latest 10,000 effects, oldest first
   */
  public List<Effect> effects() {
    return effects.all();
  }

  /** Clears the list of {@link #effects}. */
  public void forgetEffects() {
    effects.clear();
  }

  /**
   * Lists the rooms.
   *
   * @return the rooms, in order of creation
   */
  public List<SimRoomState> rooms() {
    return model.rooms().all();
  }

  /**
   * Replaces the faults that are injected into the event socket.
   *
   * @param injected the new faults; {@link WireFaults#NONE} for none
   */
  public void faults(WireFaults injected) {
    faults = injected;
  }

  private WireFaults faults() {
    return faults;
  }

  /**
   * Simulates a crash and restart: all connections are dropped, all calls and rooms disappear
   * without notice, and the Core-UUID changes.
   */
  public void restart() {
    dropConnections();
    hangUpAll("SYSTEM_SHUTDOWN");
    coreUuid.set(newId());
  }

  /**
   * Starts to shut down gracefully, as {@code fsctl shutdown} does, and returns at once. The rest
   * happens in the switch's time:
   *
   * <ol>
   *   <li>New calls are refused with {@code NORMAL_TEMPORARY_FAILURE}.
   *   <li>After 200 ms, the event {@code SHUTDOWN} is sent and all calls are hung up with {@code
   *       SYSTEM_SHUTDOWN}, so that rooms end. The connections of their applications close, or
   *       linger.
   *   <li>After another 400 ms, all remaining connections receive the notice {@code The system is
   *       being shut down.} and are closed. From now on, connections are refused.
   * </ol>
   */
  public void shutDown() {
    shutdown.shutDown(false);
  }

  /**
   * Starts again after {@link #shutDown} or the command {@code fsctl shutdown}, at the same address
   * and with another Core-UUID. Has no effect unless {@link #isDown} returns true.
   */
  public void startUp() {
    shutdown.startUp();
  }

  /**
   * Returns whether a shutdown is complete.
   *
   * @return whether connections are refused
   */
  public boolean isDown() {
    return shutdown.isDown();
  }

  /** Drops all event-socket connections without a disconnect notice, as a network failure does. */
  public void dropConnections() {
    eventSocket.drop();
  }

  @Override
  public void close() {
    closed = true;
    hangUpAll("SYSTEM_SHUTDOWN");
    eventSocket.close();
  }

  private void hangUpAll(String cause) {
    model
        .channels()
        .forEach(channel -> model.hangUp(channel.uuid(), EndedBy.SWITCH, new HangupCause(cause)));
  }

  /** Connects a shutdown to the calls and connections, which are created after it. */
  private final class ShutdownParts implements Shutdown.Parts {

    @Override
    public void publish(String event, String info) {
      SimulatedFreeSwitch.this.publish(events.base(event).add("Event-Info", info));
    }

    @Override
    public int calls() {
      return model.channels().size();
    }

    @Override
    public void hangUpAll(String cause) {
      SimulatedFreeSwitch.this.hangUpAll(cause);
    }

    @Override
    public void closeConnections() {
      eventSocket.shutDown();
    }

    @Override
    public void dropConnections() {
      eventSocket.close();
    }

    @Override
    public void listenAgain() {
      coreUuid.set(newId());
      try {
        eventSocket.listenAgain();
      } catch (IOException e) {
        throw new UncheckedIOException("cannot listen at " + esl() + " again", e);
      }
    }
  }

  private static String newId() {
    return UUID.randomUUID().toString();
  }

  private void publish(WireEvent event) {
    eventSocket.publish(event);
  }

  private void handOver(String uuid, String execution, InetSocketAddress address, SocketMode mode) {
    eventSocket.handOver(uuid, execution, address, mode);
  }

  private void beat() {
    time.after(
        HEARTBEAT,
        "freeswitch-heartbeat",
        () -> {
          if (!closed) {
            publish(
                events
                    .base("HEARTBEAT")
                    .add("Event-Info", "System Ready")
                    .add("Session-Count", model.channels().size()));
            beat();
          }
        });
  }
}
