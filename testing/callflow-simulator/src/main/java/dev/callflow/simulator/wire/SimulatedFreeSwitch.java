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
import dev.callflow.simulator.wire.command.JobCommands;
import dev.callflow.simulator.wire.command.OriginateCommand;
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
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A FreeSWITCH without media: the simulated switch behind an event socket, in real or virtual time.
 *
 * <p>Clients connect to it as to FreeSWITCH's port 8021. Calls are handed to an application as by
 * the dialplan's {@code socket HOST:PORT async full}: to the address given, or to the port in the
 * number ({@code socket_9000}); {@code park} and {@code echo} answer by themselves. A call is one
 * leg here, where FreeSWITCH's loopback calls have two: keys sent to its uuid are the caller's.
 *
 * <p>Listens and connects on loopback only. Safe for use by any thread.
 */
public final class SimulatedFreeSwitch implements AutoCloseable {

  private static final Duration HEARTBEAT = Duration.ofSeconds(20);
  private static final String HOSTNAME = "simulated";

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
  private volatile WireFaults faults;
  private volatile boolean closed;

  private SimulatedFreeSwitch(Builder builder) throws IOException {
    time = builder.time;
    faults = builder.faults;
    model = new SimulatedSwitch(time, settings(builder));
    coreUuid = new AtomicReference<>(model.coreUuid());
    Jobs jobs = new Jobs(time, activity);
    Waits waits = new Waits(time);
    EmbeddedCommands commands = new EmbeddedCommands(this::api, jobs, effects);
    ApplicationRunner applications =
        new ApplicationRunner(
            model,
            new Applications(Map.copyOf(builder.profiles), Map.copyOf(builder.controls)),
            commands,
            effects,
            new LaterBridges());
    Hooks hooks = new Hooks(commands, applications, effects);
    routing =
        new Routing(
            model,
            dialplan(builder),
            applications,
            new Routing.Handing(builder.application, this::handOver),
            Optional.ofNullable(builder.callSecret).map(CallToken::new));
    events = new EventWriter(time, coreUuid::get, HOSTNAME, routing::knows);
    calls = new PlacedCalls(model, routing, hooks, jobs, HOSTNAME);
    originate = new Originate(model, calls, effects, waits);
    bridges = new Bridges(model, hooks, originate, jobs);
    api =
        new ApiCommands(
            List.of(
                new SwitchCommands(model, commands, coreUuid::get, HOSTNAME),
                new ChannelCommands(model, applications, events, effects),
                new OriginateCommand(model, originate, calls, history),
                new JobCommands(this::api, jobs, commands),
                new ConferenceApi(
                    model.rooms(),
                    new ConferenceCalls(model, originate, events, this::tell, jobs),
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
                new SocketCommands.Clients(events, this::tell)),
            routing);
    followTheModel(hooks);
    eventSocket.start();
    beat();
  }

  private static SwitchSettings settings(Builder builder) {
    return new SwitchSettings(
        newId(),
        SimulatedFreeSwitch::newId,
        scaled(builder.media, builder.mediaScale),
        builder.recordable,
        builder.refusesJoins);
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

  /** Listeners run in this order: clients are told of an event before anything reacts to it. */
  private void followTheModel(Hooks hooks) {
    history.follow(model);
    originate.follow();
    model.listen(event -> events.write(event).forEach(this::tell));
    hooks.follow(model);
    bridges.follow();
    routing.follow();
    eventSocket.follow();
  }

  /** An application may start a bridge, and bridges run hooks, which execute applications. */
  private final class LaterBridges implements ApplicationRunner.Bridging {

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
   * Begins to make one.
   *
   * @return a builder
   */
  public static Builder builder() {
    return new Builder();
  }

  /** Collects how a simulated FreeSWITCH is set up. */
  public static final class Builder {

    private InetSocketAddress esl = new InetSocketAddress("127.0.0.1", 0);
    private String password = "ClueCon";
    private InetSocketAddress application = new InetSocketAddress("127.0.0.1", 8084);
    private MediaLibrary media = SimulatedFreeSwitch::usualLength;
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

    private Builder() {}

    /**
     * Sets where to listen for event-socket clients.
     *
     * @param address a loopback address; port 0 for any free one, as unless set
     * @return this builder
     */
    public Builder esl(InetSocketAddress address) {
      esl = address;
      return this;
    }

    /**
     * Sets by which time media play and calls ring.
     *
     * @param source real time unless set; {@link dev.callflow.simulator.time.VirtualTime} goes with
     *     {@code #network connections in memory}
     * @return this builder
     */
    public Builder time(TimeSource source) {
      time = source;
      return this;
    }

    /**
     * Sets what its event socket runs over.
     *
     * @param connections real sockets unless set; {@code MemoryNetwork} for virtual time
     * @return this builder
     */
    public Builder network(Network connections) {
      network = connections;
      return this;
    }

    /**
     * Makes it let nobody into any room: a fault.
     *
     * @param refuses false unless set
     * @return this builder
     */
    public Builder refusesJoins(boolean refuses) {
      refusesJoins = refuses;
      return this;
    }

    /**
     * Sets the event socket's password.
     *
     * @param secret {@code ClueCon} unless set
     * @return this builder
     */
    public Builder password(String secret) {
      password = secret;
      return this;
    }

    /**
     * Lets somebody log in with {@code userauth}.
     *
     * @param name such as {@code 1000@example.com}
     * @param secret the password
     * @param rights what the user may do
     * @return this builder
     */
    public Builder user(String name, String secret, UserRights rights) {
      users.put(name, new Logins.User(secret, rights));
      return this;
    }

    /**
     * Sets whose event-socket connections are taken, as {@code apply-inbound-acl} does; others are
     * turned away before they can say anything.
     *
     * @param allowed tells of an address whether it is on the list; all are unless set
     * @return this builder
     */
    public Builder accessList(Predicate<InetAddress> allowed) {
      accessList = allowed;
      return this;
    }

    /**
     * Has the dialplan prove each call with {@code callflow_token}, computed of its uuid and a
     * secret.
     *
     * @param secret the application's; calls prove nothing unless set
     * @return this builder
     */
    public Builder callSecret(String secret) {
      callSecret = secret;
      return this;
    }

    /**
     * Sets to whom calls are handed.
     *
     * @param address 127.0.0.1:8084 unless set
     * @return this builder
     */
    public Builder application(InetSocketAddress address) {
      application = address;
      return this;
    }

    /**
     * Sets what can be played.
     *
     * @param library two seconds for everything, and music without end, unless set
     * @return this builder
     */
    public Builder media(MediaLibrary library) {
      media = library;
      return this;
    }

    /**
     * Makes media shorter or longer than they are.
     *
     * @param factor 1 unless set; 0.1 makes a tenth of two seconds
     * @return this builder
     */
    public Builder mediaScale(double factor) {
      mediaScale = factor;
      return this;
    }

    /**
     * Says what a dialled number does; what was said first counts, and all of it before {@code
     * park}, {@code echo} and the application.
     *
     * @param number a regular expression for the whole number
     * @param applications applications with their arguments, such as {@code conference $1@default};
     *     {@code socket} hands the call to the application as {@code socket HOST:PORT async full}
     *     does, {@code socket async} without full control, {@code socket full} and {@code socket
     *     static} so that the call's own thread serves the application; none at all if there is no
     *     route
     * @return this builder
     */
    public Builder extension(String number, String... applications) {
      dialplan = dialplan.with(number, List.of(applications));
      return this;
    }

    /**
     * Sets up a conference profile.
     *
     * @param name its name, as in {@code conference room@name}
     * @param profile what it says; a profile that was not set up is {@link SimRoomProfile#PLAIN}
     * @return this builder
     */
    public Builder profile(String name, SimRoomProfile profile) {
      profiles.put(name, profile);
      return this;
    }

    /**
     * Sets up a group of keys in the room; without one, keys do nothing there.
     *
     * @param group its name, as in a profile's {@code caller-controls} ({@code default} if it has
     *     none) and in {@code conference_controls}
     * @param actions FreeSWITCH's actions, such as {@code vol talk up}, by digits; those that make
     *     no difference without media are passed over
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
     * @param files all unless set
     * @return this builder
     */
    public Builder recordable(Predicate<String> files) {
      recordable = files;
      return this;
    }

    /**
     * Makes things go wrong.
     *
     * @param what {@link WireFaults#NONE} unless set
     * @return this builder
     */
    public Builder faults(WireFaults what) {
      faults = what;
      return this;
    }

    /**
     * Starts it.
     *
     * @return a FreeSWITCH that listens
     * @throws IOException if the address cannot be listened on
     */
    public SimulatedFreeSwitch start() throws IOException {
      return new SimulatedFreeSwitch(this);
    }
  }

  private static Optional<Duration> usualLength(String file) {
    if (file.startsWith("local_stream://")) {
      return Optional.of(MediaLibrary.ENDLESS);
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
   * Returns where event-socket clients connect to.
   *
   * @return the address, with the true port
   */
  public InetSocketAddress esl() {
    return eventSocket.address();
  }

  /**
   * Returns the switch behind it.
   *
   * @return the model
   */
  public SimulatedSwitch model() {
    return model;
  }

  /**
   * Changes to whom calls are handed from now on.
   *
   * @param address the application's address
   */
  public void handCallsTo(InetSocketAddress address) {
    routing.handCallsTo(address);
  }

  /**
   * Lets somebody call.
   *
   * @param from the caller's number
   * @param name the caller's name
   * @param to the number that is dialled
   * @return the caller
   */
  public SimulatedCaller call(String from, String name, String to) {
    SimulatedCaller caller = prepare(from, name, to);
    place(caller);
    return caller;
  }

  /**
   * Prepares a call without placing it, so that its uuid is known before anything happens.
   *
   * @param from the caller's number
   * @param name the caller's name
   * @param to the number to dial
   * @return the caller; {@link #place} places the call
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
    calls.place(caller.call());
  }

  /**
   * Lets real time pass; returns at the latest when the thread is interrupted.
   *
   * @param duration how long
   */
  public void await(Duration duration) {
    history.await(duration, () -> false);
  }

  /**
   * Waits until everything that clients have sent has been carried out, background jobs too.
   *
   * @param sent how many bytes they have sent so far, all of them together; 0 for those that have
   *     come
   * @param longest how long to wait
   * @return whether it is so
   */
  public boolean awaitQuiet(long sent, Duration longest) {
    return activity.awaitQuiet(sent, longest);
  }

  /**
   * Lets a call arrive and hands it to the application.
   *
   * @param call the call
   */
  public void place(NewChannel call) {
    model.arrive(call);
    routing.route(call.uuid(), call.destination());
  }

  /**
   * Says how a party behaves that is called; nobody is there unless said.
   *
   * @param target the end of the dial string: {@code sip:bob@example.com}, or {@code user@realm} of
   *     a registered telephone
   * @param how whether and when it answers
   */
  public void callee(String target, FarEnd how) {
    originate.callee(target, how);
  }

  /**
   * Says who is called where no {@link #callee} is set; asked when the leg is about to ring.
   *
   * @param how gets the leg's uuid and the target, and says how the party behaves
   */
  public void callees(BiFunction<String, String, FarEnd> how) {
    originate.callees(how);
  }

  /**
   * Carries out an {@code api} command, as a client's would be; blocks as long as the command does.
   *
   * @param line the command and its arguments
   * @return what FreeSWITCH answers
   */
  public String api(String line) {
    return api.run(line);
  }

  /**
   * Lists what texts have made it do: legs that dial strings called, variables that were set,
   * commands that stood in arguments and variables. An attack shows here if it succeeds.
   *
   * @return the latest effects, oldest first; older ones are forgotten when there are more than
   *     10,000
   */
  public List<Effect> effects() {
    return effects.all();
  }

  /** Forgets all {@link #effects} so far. */
  public void forgetEffects() {
    effects.clear();
  }

  /**
   * Lists the rooms.
   *
   * @return the rooms, in the order of their creation
   */
  public List<SimRoomState> rooms() {
    return model.rooms().all();
  }

  /**
   * Makes other things go wrong from now on.
   *
   * @param what {@link WireFaults#NONE} for nothing
   */
  public void faults(WireFaults what) {
    faults = what;
  }

  private WireFaults faults() {
    return faults;
  }

  /**
   * Crashes and starts anew: connections are dropped, calls and rooms are gone without a word, and
   * FreeSWITCH has another Core-UUID.
   */
  public void restart() {
    dropConnections();
    endCalls();
    coreUuid.set(newId());
  }

  /** Drops all event-socket connections without a word, as a network does. */
  public void dropConnections() {
    eventSocket.drop();
  }

  @Override
  public void close() {
    closed = true;
    endCalls();
    eventSocket.close();
  }

  private void endCalls() {
    model
        .channels()
        .forEach(channel ->
            model.hangUp(channel.uuid(), EndedBy.SWITCH, new HangupCause("SYSTEM_SHUTDOWN")));
  }

  private static String newId() {
    return UUID.randomUUID().toString();
  }

  private void tell(WireEvent event) {
    eventSocket.tell(event);
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
            tell(
                events
                    .base("HEARTBEAT")
                    .add("Event-Info", "System Ready")
                    .add("Session-Count", model.channels().size()));
            beat();
          }
        });
  }
}
