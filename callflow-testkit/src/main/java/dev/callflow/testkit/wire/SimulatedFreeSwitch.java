package dev.callflow.testkit.wire;

import dev.callflow.core.call.EndedBy;
import dev.callflow.core.call.HangupCause;
import dev.callflow.core.time.TimeSource;
import dev.callflow.testkit.model.Application;
import dev.callflow.testkit.model.ChannelState;
import dev.callflow.testkit.model.Execution;
import dev.callflow.testkit.model.FarEnd;
import dev.callflow.testkit.model.KeyAction;
import dev.callflow.testkit.model.MediaLibrary;
import dev.callflow.testkit.model.NewChannel;
import dev.callflow.testkit.model.RoomState;
import dev.callflow.testkit.model.SimulatedSwitch;
import dev.callflow.testkit.model.SwitchEvent;
import dev.callflow.testkit.model.SwitchSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A FreeSWITCH without media: the simulated switch behind a real event socket, in real time.
 *
 * <p>Clients connect to it as to FreeSWITCH's port 8021. Calls are handed to an application as by
 * the dialplan's {@code socket HOST:PORT async full}: to the address given, or to the port in the
 * number ({@code socket_9000}); {@code park} and {@code echo} answer by themselves. A call is one
 * leg here, where FreeSWITCH's loopback calls have two: keys sent to its uuid are the caller's.
 *
 * <p>Listens and connects on loopback only. Safe for use by any thread.
 */
public final class SimulatedFreeSwitch implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(SimulatedFreeSwitch.class);

  private static final int CONNECT_MILLIS = 2_000;
  private static final Duration HEARTBEAT = Duration.ofSeconds(20);

  /** FreeSWITCH parks the channel of an application in a thread of its own: a little later. */
  private static final Duration UNTIL_PARKED = Duration.ofMillis(2);

  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
  private static final Duration LONGEST_APPLICATION = Duration.ofDays(1);

  private static final String SOCKET = "socket";

  private final TimeSource time;
  private final String password;
  private final Map<String, User> users;
  private final Predicate<InetAddress> accessList;
  private volatile InetSocketAddress application;
  private final String hostname = "simulated";
  private final AtomicReference<String> coreUuid;
  private final SimulatedSwitch model;
  private final EventWriter events;
  private final ApiCommands api;
  private final Dialplan dialplan;
  private final Applications dictionary;
  private final Map<String, Course> courses = new ConcurrentHashMap<>();
  private final Originate originate;
  private final History history = new History();
  private final Activity activity = new Activity();
  private final ServerSocket listening;
  private final Set<Session> sessions = ConcurrentHashMap.newKeySet();
  private final Set<Session> wide = ConcurrentHashMap.newKeySet();
  private final Map<String, Set<Session>> confined = new ConcurrentHashMap<>();
  private final Map<String, Session> applications = new ConcurrentHashMap<>();

  /** Calls that have ended, for as long as their applications linger. */
  private final Map<String, ChannelState> lingering = new ConcurrentHashMap<>();

  private final AtomicLong connections = new AtomicLong();
  private volatile WireFaults faults;
  private volatile boolean closed;

  private SimulatedFreeSwitch(Builder builder) throws IOException {
    time = builder.time;
    password = builder.password;
    users = Map.copyOf(builder.users);
    accessList = builder.accessList;
    faults = builder.faults;
    application = builder.application;
    dialplan =
        builder
            .dialplan
            .with("conference:(.+)", List.of("conference $1"))
            .with("park", List.of("answer", "park"))
            .with("echo", List.of("answer", "echo"))
            .with("socket_(\\d{1,5})", List.of("socket 127.0.0.1:$1 async full"))
            .with(".*", List.of(SOCKET));
    dictionary = new Applications(Map.copyOf(builder.profiles), Map.copyOf(builder.controls));
    SwitchSettings settings =
        new SwitchSettings(
            newId(),
            SimulatedFreeSwitch::newId,
            scaled(builder.media, builder.mediaScale),
            builder.recordable,
            builder.refusesJoins);
    model = new SimulatedSwitch(time, settings);
    coreUuid = new AtomicReference<>(settings.coreUuid());
    events = new EventWriter(
            time, coreUuid::get, hostname, number -> !dialplan.of(number).isEmpty());
    originate = new Originate(model, new PlacedCalls());
    api = new ApiCommands(this, coreUuid::get, hostname, time::now);
    model.listen(this::happened);
    listening =
        new ServerSocket(
            builder.esl.getPort(), 512, InetAddress.getByName(builder.esl.getHostString()));
    Thread.ofVirtual().name("freeswitch-accept").start(this::accept);
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
    private WireFaults faults = WireFaults.NONE;
    private Dialplan dialplan = Dialplan.empty();
    private final Map<String, RoomProfile> profiles = new HashMap<>();
    private final Map<String, Map<String, KeyAction>> controls = new HashMap<>();
    private Predicate<String> recordable = file -> true;
    private final Map<String, User> users = new HashMap<>();
    private Predicate<InetAddress> accessList = address -> true;
    private boolean refusesJoins;

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
     * @param source real time unless set; {@link dev.callflow.testkit.ScaledTime} for faster calls
     * @return this builder
     */
    public Builder time(TimeSource source) {
      time = source;
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
      users.put(name, new User(secret, rights));
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
      Map<String, KeyAction> known = new HashMap<>();
      actions.forEach(
          (digits, words) -> KeyAction.of(words).ifPresent(action -> known.put(digits, action)));
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
        library
            .length(file)
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
    return (InetSocketAddress) listening.getLocalSocketAddress();
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
    application = address;
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

  /** Lets time pass, whatever that is here. */
  void pause(Duration duration) {
    CountDownLatch over = new CountDownLatch(1);
    time.after(duration, "freeswitch-pause", over::countDown);
    try {
      boolean passed = over.await(LONGEST_PAUSE.toMillis(), TimeUnit.MILLISECONDS);
      LOG.debug("a pause of {} is over: {}", duration, passed);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Lets a call arrive and hands it to the application.
   *
   * @param call the call
   */
  public void place(NewChannel call) {
    model.arrive(call);
    route(call.uuid(), call.destination());
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
      call(uuid, from, name, to, variables);
    }

    @Override
    public void handOver(String uuid, InetSocketAddress address) {
      handOverTo(uuid, address);
    }

    @Override
    public void execute(String uuid, String application, String data) {
      start(uuid, List.of(new Dialplan.Step(application, data)), "");
      goOn(uuid);
    }
  }

  SimulatedCaller call(
      String uuid, String from, String name, String to, Map<String, String> variables) {
    model.arrive(new NewChannel(uuid, from, name, to, hostname, variables));
    route(uuid, to);
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
   * Lists the rooms.
   *
   * @return the rooms, in the order of their creation
   */
  public List<RoomState> rooms() {
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
    model
        .channels()
        .forEach(channel ->
            model.hangUp(channel.uuid(), EndedBy.SWITCH, new HangupCause("SYSTEM_SHUTDOWN")));
    coreUuid.set(newId());
  }

  /** Drops all event-socket connections without a word, as a network does. */
  public void dropConnections() {
    sessions.forEach(Session::close);
  }

  @Override
  public void close() {
    closed = true;
    model
        .channels()
        .forEach(channel ->
            model.hangUp(channel.uuid(), EndedBy.SWITCH, new HangupCause("SYSTEM_SHUTDOWN")));
    sessions.forEach(Session::close);
    try {
      listening.close();
    } catch (IOException e) {
      LOG.debug("the listening socket could not be closed", e);
    }
  }

  // ---- calls

  /** What is left of a call's extension, and what of it runs. */
  private record Course(int transfers, Deque<Dialplan.Step> left, AtomicReference<String> running) {

    /** What ends because the call is sent elsewhere does not go on here. */
    boolean goesOnAfter(Execution ended, ChannelState channel) {
      return running.get().equals(ended.id()) && transfers == channel.transfers();
    }
  }

  private void route(String uuid, String number) {
    List<Dialplan.Step> steps = dialplan.of(number);
    if (steps.isEmpty()) {
      model.hangUp(uuid, EndedBy.SWITCH, new HangupCause("NO_ROUTE_DESTINATION"));
    } else {
      start(uuid, steps, "");
      goOn(uuid);
    }
  }

  private void start(String uuid, List<Dialplan.Step> steps, String running) {
    int transfers = model.channel(uuid).map(ChannelState::transfers).orElse(0);
    courses.put(
        uuid, new Course(transfers, new ArrayDeque<>(steps), new AtomicReference<>(running)));
  }

  /** The next application of a call's extension; behind the last one the call ends. */
  private void goOn(String uuid) {
    Course course = courses.get(uuid);
    Optional<ChannelState> channel = model.channel(uuid);
    if (course == null || channel.isEmpty()) {
      return;
    }
    Dialplan.Step step = course.left().poll();
    if (step == null) {
      courses.remove(uuid);
      model.hangUp(uuid, EndedBy.SWITCH, HangupCause.NORMAL_CLEARING);
      return;
    }
    String id = newId();
    course.running().set(id);
    if (step.application().equals(SOCKET)) {
      handOver(uuid, id, step.data());
      return;
    }
    dictionary
        .read(step.application(), step.data(), channel.get())
        .ifPresentOrElse(
            what ->
                model.execute(
                    uuid, new Execution(id, step.application(), step.data(), what, false)),
            () -> model.hangUp(uuid, EndedBy.SWITCH, HangupCause.DESTINATION_OUT_OF_ORDER));
  }

  private void handOver(String uuid, String id, String data) {
    boolean ours = !data.contains(":");
    InetSocketAddress address =
        ours
            ? application
            : new InetSocketAddress(
                data.substring(0, data.indexOf(':')),
                Integer.parseInt(data.substring(data.indexOf(':') + 1).split(" ")[0]));
    SocketMode mode = SocketMode.of(ours && data.isEmpty() ? "async full" : data);
    String said =
        ours
            ? address.getAddress().getHostAddress() + ":" + address.getPort() + mode.words()
            : data;
    model.execute(
        uuid, new Execution(id, SOCKET, said, new Application.Elsewhere(mode.async()), false));
    Thread.ofVirtual()
        .name("freeswitch-socket-" + uuid)
        .start(() -> connect(uuid, id, address, mode));
  }

  private void handOverTo(String uuid, InetSocketAddress address) {
    String id = newId();
    start(uuid, List.of(), id);
    handOver(uuid, id, address.getHostString() + ":" + address.getPort() + " async full");
  }

  /** If nobody is there, the call goes on in its dialplan. */
  private void connect(String uuid, String execution, InetSocketAddress address, SocketMode mode) {
    Socket socket = new Socket();
    try {
      socket.setTcpNoDelay(true);
      socket.connect(address, CONNECT_MILLIS);
      Session session = new Session(socket, new Server(), Optional.of(uuid), execution, mode);
      sessions.add(session);
      applications.put(uuid, session);
      session.start();
    } catch (IOException e) {
      LOG.warn("nobody takes calls at {}", address);
      model.finish(uuid, execution, "_none_");
    }
  }

  private static String newId() {
    return UUID.randomUUID().toString();
  }

  // ---- events

  private void happened(SwitchEvent event) {
    history.happened(event);
    originate.happened(event);
    for (WireEvent written : events.write(event)) {
      tell(written);
    }
    switch (event) {
      case SwitchEvent.HungUp(var channel, var by) -> hungUp(channel);
      case SwitchEvent.Gone(var channel, var by) -> gone(channel);
      case SwitchEvent.Transferred(var channel, var number) -> {
        // As in FreeSWITCH, where it stands behind all others then.
        model.assign(channel.uuid(), Map.of("call_uuid", channel.uuid()));
        route(channel.uuid(), number);
      }
      case SwitchEvent.ExecutionEnded(var channel, var execution, var response) -> {
        Course course = courses.get(channel.uuid());
        if (course != null && course.goesOnAfter(execution, channel)) {
          goOn(channel.uuid());
        }
      }
      case SwitchEvent.OfChannel other -> {}
      case SwitchEvent.OfRoom other -> {}
    }
  }

  private void hungUp(ChannelState channel) {
    Session session = applications.get(channel.uuid());
    if (session != null && session.keepsItsCall()) {
      session.callEnded(channel.name());
    }
  }

  private void gone(ChannelState channel) {
    courses.remove(channel.uuid());
    sessions.stream()
        .filter(it -> it.bound().equals(Optional.of(channel.uuid())))
        .forEach(session -> session.callEnded(channel.name()));
    Session session = applications.remove(channel.uuid());
    if (session != null) {
      lingering.put(channel.uuid(), channel);
      session.callEnded(channel.name());
    }
  }

  /** Most sessions are about one call each: they are found by it, so that many cost little. */
  void tell(WireEvent event) {
    wide.forEach(session -> session.event(event));
    event
        .header("Unique-ID")
        .or(() -> event.header("Job-Owner-UUID"))
        .map(confined::get)
        .ifPresent(all -> all.forEach(session -> session.event(event)));
  }

  EventWriter events() {
    return events;
  }

  void inBackground(Runnable job) {
    activity.busy(true);
    Thread.ofVirtual()
        .name("freeswitch-job")
        .start(() -> {
          try {
            job.run();
          } finally {
            activity.busy(false);
          }
        });
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

  // ---- connections

  private void accept() {
    while (!closed) {
      try {
        Socket socket = listening.accept();
        socket.setTcpNoDelay(true);
        Session session = new Session(socket, new Server(), Optional.empty(), "", SocketMode.INBOUND);
        sessions.add(session);
        if (accessList.test(socket.getInetAddress())) {
          session.start();
        } else {
          session.refuse();
        }
      } catch (IOException e) {
        if (!closed) {
          LOG.error("the event socket has failed", e);
        }
        return;
      }
    }
  }

  /** Somebody who may log in, and with which rights. */
  private record User(String password, UserRights rights) {

    /** Hides the password. */
    @Override
    public String toString() {
      return "User[rights=" + rights + "]";
    }
  }

  /** What sessions ask of the switch. */
  private final class Server implements Session.Server {

    @Override
    public boolean accepts(String offered) {
      return offered.equals(password);
    }

    @Override
    public Optional<UserRights> user(String name, String offered) {
      return Optional.ofNullable(users.get(name))
          .filter(user -> user.password().equals(offered))
          .map(User::rights);
    }

    @Override
    public String api(String line) {
      return api.run(line);
    }

    @Override
    public void background(Session session, String line, String job) {
      inBackground(() -> {
        String[] words = line.split(" ", 2);
        WireEvent event =
            events.base("BACKGROUND_JOB").add("Job-UUID", job).add("Job-Command", words[0]);
        if (words.length > 1) {
          event.add("Job-Command-Arg", words[1]);
        }
        tell(event.body(api.run(line)));
      });
    }

    @Override
    public Session.Message message(
        Optional<String> channel, WireCommand command, boolean inItsThread) {
      Optional<ChannelState> found = channel.flatMap(model::channel);
      if (found.isEmpty()) {
        boolean lingers = channel.isPresent() && history.cause(channel.get()).isPresent();
        return new Session.Message(
            lingers ? "+OK" : "-ERR invalid session id [" + channel.orElse("") + "]", () -> {});
      }
      return new Session.Message("+OK", () -> act(found.get(), command, inItsThread));
    }

    private void act(ChannelState channel, WireCommand command, boolean inItsThread) {
      switch (command.header("call-command").orElse("")) {
        case "execute" -> execute(channel, command, inItsThread);
        case "hangup" ->
            model.hangUpInTurn(
                channel.uuid(),
                HangupCause.of(command.header("hangup-cause").orElse("NORMAL_CLEARING")));
        default -> LOG.debug("a message without a meaning: {}", command.line());
      }
    }

    private void execute(ChannelState channel, WireCommand command, boolean inItsThread) {
      Optional<String> name = command.header("execute-app-name");
      if (name.isEmpty()) {
        return;
      }
      String data = command.header("execute-app-arg").orElse(command.body());
      Optional<Application> what = dictionary.read(name.get(), data, channel);
      if (faults.refusesJoins() && what.orElse(null) instanceof Application.Join) {
        // As when a room is full: the application is over at once, and nothing is said.
        what = Optional.of(new Application.Assign(Map.of()));
      }
      if (what.isEmpty()) {
        model.hangUp(channel.uuid(), EndedBy.SWITCH, HangupCause.DESTINATION_OUT_OF_ORDER);
        return;
      }
      Execution execution =
          new Execution(
              command.header("event-uuid").orElseGet(SimulatedFreeSwitch::newId),
              name.get(),
              data,
              what.get(),
              command.header("event-lock").filter("true"::equals).isPresent(),
              command.header("loops").map(WireCommand::number).orElse(1));
      if (inItsThread) {
        carryOut(channel.uuid(), execution);
      } else {
        model.execute(channel.uuid(), execution);
      }
    }

    /** Waits as the call's thread does, without which the connection does nothing. */
    private void carryOut(String channel, Execution execution) {
      CountDownLatch over = new CountDownLatch(1);
      model.execute(
          channel,
          execution,
          () -> {
            activity.busy(true);
            over.countDown();
          });
      activity.busy(false);
      try {
        boolean ended = over.await(LONGEST_APPLICATION.toMillis(), TimeUnit.MILLISECONDS);
        LOG.debug("{} has ended: {}", execution.name(), ended);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    public Optional<WireEvent> channelData(String channel) {
      return model.channel(channel).map(events::data);
    }

    @Override
    public void parked(String channel) {
      model
          .channel(channel)
          .map(events::parked)
          .ifPresent(event -> time.after(UNTIL_PARKED, "freeswitch-park", () -> tell(event)));
    }

    @Override
    public Optional<String> variable(String channel, String name) {
      return model
          .channel(channel)
          .or(() -> Optional.ofNullable(lingering.get(channel)))
          .flatMap(state -> name.equals("uuid") ? Optional.of(channel) : state.variable(name));
    }

    @Override
    public String fire(WireCommand command) {
      String uuid = newId();
      WireEvent event = new WireEvent();
      command.header("Event-Subclass").ifPresent(subclass -> event.add("Event-Subclass", subclass));
      event.add("Command", command.line());
      command.headers().stream()
          .filter(header -> !header.getKey().equalsIgnoreCase("Event-Subclass"))
          .forEach(header -> event.add(header.getKey(), header.getValue()));
      event.add("Event-UUID", uuid);
      event.add("Event-Name", command.after("sendevent")).body(command.body());
      tell(event);
      return "+OK " + uuid;
    }

    @Override
    public void received(int bytes) {
      activity.received(bytes);
    }

    @Override
    public void waits() {
      activity.busy(false);
    }

    @Override
    public long number() {
      return connections.incrementAndGet();
    }

    @Override
    public WireFaults faults() {
      return faults;
    }

    @Override
    public void later(Duration delay, Runnable what) {
      time.after(delay, "freeswitch-late", what);
    }

    @Override
    public void pause(Duration duration) {
      SimulatedFreeSwitch.this.pause(duration);
    }

    @Override
    public void subscribed(Session session) {
      if (session.isWide()) {
        wide.add(session);
      } else {
        session
            .subject()
            .ifPresent(uuid ->
                confined
                    .computeIfAbsent(uuid, fresh -> ConcurrentHashMap.newKeySet())
                    .add(session));
        wide.remove(session);
      }
    }

    /** Without its application, or what has bound itself to it, a call goes on in its dialplan. */
    @Override
    public void ended(Session session) {
      sessions.remove(session);
      wide.remove(session);
      session
          .subject()
          .ifPresent(uuid ->
              confined.computeIfPresent(
                  uuid,
                  (key, all) -> {
                    all.remove(session);
                    return all.isEmpty() ? null : all;
                  }));
      session.channel().ifPresent(lingering::remove);
      session
          .channel()
          .filter(uuid -> applications.remove(uuid, session))
          .ifPresent(uuid -> model.finish(uuid, session.execution(), "_none_"));
      session
          .bound()
          .flatMap(uuid -> Optional.ofNullable(courses.get(uuid)))
          .ifPresent(course ->
              model.finish(session.bound().orElseThrow(), course.running().get(), "_none_"));
    }
  }

  @Nullable Session application(String channel) {
    return applications.get(channel);
  }
}
