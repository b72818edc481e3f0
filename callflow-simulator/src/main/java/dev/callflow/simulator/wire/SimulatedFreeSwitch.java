package dev.callflow.simulator.wire;

import dev.callflow.core.call.EndedBy;
import dev.callflow.core.call.HangupCause;
import dev.callflow.core.time.TimeSource;
import dev.callflow.simulator.SimulatedSwitch;
import dev.callflow.simulator.model.FarEnd;
import dev.callflow.simulator.model.MediaLibrary;
import dev.callflow.simulator.model.NewChannel;
import dev.callflow.simulator.model.SimKeyAction;
import dev.callflow.simulator.model.SimRoomState;
import dev.callflow.simulator.model.SwitchEvent;
import dev.callflow.simulator.model.SwitchSettings;
import dev.callflow.simulator.network.Network;
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

  /** FreeSWITCH's max_forwards. */
  private static final int MAX_TRANSFERS = 70;

  private final TimeSource time;
  private final AtomicReference<String> coreUuid;
  private final SimulatedSwitch model;
  private final EventWriter events;
  private final ApiCommands api;
  private final ChannelMessages messages;
  private final Routing routing;
  private final EventSocket eventSocket;
  private final Originate originate;
  private final Effects effects = new Effects();
  private final EmbeddedCommands commands = new EmbeddedCommands(this, effects);
  private final ApplicationRunner applications;
  private final Hooks hooks;
  private final Bridges bridges;
  private final History history = new History();
  private final Activity activity = new Activity();
  private volatile WireFaults faults;
  private volatile boolean closed;

  private SimulatedFreeSwitch(Builder builder) throws IOException {
    time = builder.time;
    faults = builder.faults;
    SwitchSettings settings =
        new SwitchSettings(
            newId(),
            SimulatedFreeSwitch::newId,
            scaled(builder.media, builder.mediaScale),
            builder.recordable,
            builder.refusesJoins);
    model = new SimulatedSwitch(time, settings);
    coreUuid = new AtomicReference<>(settings.coreUuid());
    eventSocket =
        new EventSocket(
            this,
            builder.network,
            builder.network.listen(builder.esl),
            new Logins(builder.password, Map.copyOf(builder.users), builder.accessList),
            time,
            activity);
    applications =
        new ApplicationRunner(
            this,
            new Applications(Map.copyOf(builder.profiles), Map.copyOf(builder.controls)),
            commands,
            effects);
    hooks = new Hooks(commands, applications, effects);
    bridges = new Bridges(this, hooks);
    routing =
        new Routing(
            model,
            builder
                .dialplan
                .with("conference:(.+)", List.of("conference $1"))
                .with("park", List.of("answer", "park"))
                .with("echo", List.of("answer", "echo"))
                .with("socket_(\\d{1,5})", List.of("socket 127.0.0.1:$1 async full"))
                .with(".*", List.of(Routing.SOCKET)),
            applications,
            builder.application,
            eventSocket,
            Optional.ofNullable(builder.callSecret).map(CallToken::new));
    messages =
        new ChannelMessages(model, applications, history, activity, new Waits(time), this::faults);
    events = new EventWriter(time, coreUuid::get, HOSTNAME, routing::knows);
    originate = new Originate(model, new PlacedCalls(), effects, new Waits(time));
    api = new ApiCommands(this, coreUuid::get, HOSTNAME, time::now);
    model.listen(this::happened);
    eventSocket.start();
    beat();
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
    private final Map<String, RoomProfile> profiles = new HashMap<>();
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
     * @param rights what he may do
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
     * @param profile what it says; a profile that was not set up is {@link RoomProfile#PLAIN}
     * @return this builder
     */
    public Builder profile(String name, RoomProfile profile) {
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

  History history() {
    return history;
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
    return call(UUID.randomUUID().toString(), from, name, to, Map.of());
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
    return new SimulatedCaller(UUID.randomUUID().toString(), from, name, to, this);
  }

  /**
   * Places a prepared call.
   *
   * @param caller the caller
   */
  public void place(SimulatedCaller caller) {
    call(caller.uuid(), caller.number(), caller.name(), caller.dialled(), Map.of());
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

  void pause(Duration duration) {
    eventSocket.pause(duration);
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

  Originate originate() {
    return originate;
  }

  private final class PlacedCalls implements Originate.Calls {
    @Override
    public void arrive(
        String uuid, String from, String name, String to, Map<String, String> variables) {
      model.arrive(new NewChannel(uuid, from, name, to, HOSTNAME, variables));
    }

    @Override
    public void route(String uuid, String number) {
      routing.route(uuid, number);
    }

    @Override
    public void inline(String uuid, String text) {
      routing.inline(uuid, text);
    }

    @Override
    public void created(String uuid) {
      model.channel(uuid).ifPresent(leg -> hooks.on(leg, "originate"));
    }

    @Override
    public void answered(String uuid) {
      model.channel(uuid).ifPresent(leg -> hooks.on(leg, "post_originate"));
    }

    @Override
    public void inBackground(Runnable job) {
      eventSocket.inBackground(job);
    }

    @Override
    public void execute(String uuid, String application, String data) {
      routing.execute(uuid, application, data);
    }
  }

  SimulatedCaller call(
      String uuid, String from, String name, String to, Map<String, String> variables) {
    model.arrive(new NewChannel(uuid, from, name, to, HOSTNAME, variables));
    model.channel(uuid).ifPresent(leg -> hooks.on(leg, "originate"));
    routing.route(uuid, to);
    return new SimulatedCaller(uuid, from, name, to, this);
  }

  void hangUp(String uuid) {
    boolean answered =
        model.channel(uuid).map(channel -> channel.answeredAt() != null).orElse(true);
    model.hangUp(
        uuid,
        EndedBy.CALLER,
        answered ? HangupCause.NORMAL_CLEARING : HangupCause.ORIGINATOR_CANCEL);
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

  WireFaults faults() {
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

  // ---- what its parts ask of each other

  private void happened(SwitchEvent event) {
    history.happened(event);
    originate.happened(event);
    events.write(event).forEach(this::tell);
    hooks.happened(event);
    bridges.happened(event);
    switch (event) {
      case SwitchEvent.HungUp(var channel, var by) -> eventSocket.hungUp(channel);
      case SwitchEvent.Gone(var channel, var by) -> {
        routing.forget(channel.uuid());
        eventSocket.gone(channel);
      }
      case SwitchEvent.Transferred(var channel, var number) -> {
        // As in FreeSWITCH, where it stands behind all others then.
        model.assign(channel.uuid(), Map.of("call_uuid", channel.uuid()));
        if (channel.transfers() > MAX_TRANSFERS) {
          model.hangUp(channel.uuid(), EndedBy.SWITCH, new HangupCause("EXCHANGE_ROUTING_ERROR"));
        } else if (channel.inline()) {
          routing.inline(channel.uuid(), number);
        } else {
          routing.route(channel.uuid(), number);
        }
      }
      case SwitchEvent.ExecutionEnded(var channel, var execution, var response) ->
          routing.ended(channel, execution);
      case SwitchEvent.OfChannel other -> {}
      case SwitchEvent.OfRoom other -> {}
    }
  }

  void tell(WireEvent event) {
    eventSocket.tell(event);
  }

  void inBackground(Runnable job) {
    eventSocket.inBackground(job);
  }

  EventWriter events() {
    return events;
  }

  EmbeddedCommands commands() {
    return commands;
  }

  ApplicationRunner applications() {
    return applications;
  }

  Bridges bridges() {
    return bridges;
  }

  void note(Effect effect) {
    effects.add(effect);
  }

  void later(Duration delay, Runnable what) {
    eventSocket.later(delay, what);
  }

  ChannelMessages messages() {
    return messages;
  }

  Routing routing() {
    return routing;
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
