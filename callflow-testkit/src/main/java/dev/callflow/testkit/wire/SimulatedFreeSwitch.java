package dev.callflow.testkit.wire;

import dev.callflow.core.call.EndedBy;
import dev.callflow.core.call.HangupCause;
import dev.callflow.core.time.TimeSource;
import dev.callflow.testkit.model.Application;
import dev.callflow.testkit.model.ChannelState;
import dev.callflow.testkit.model.Execution;
import dev.callflow.testkit.model.FarEnd;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
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
  private static final String SOCKET = "socket";

  private final TimeSource time;
  private final String password;
  private volatile InetSocketAddress application;
  private final String hostname = "simulated";
  private final SimulatedSwitch model;
  private final EventWriter events;
  private final ApiCommands api;
  private final Originate originate;
  private final History history = new History();
  private final ServerSocket listening;
  private final Set<Session> sessions = ConcurrentHashMap.newKeySet();
  private final Map<String, Session> applications = new ConcurrentHashMap<>();
  private volatile boolean closed;

  private SimulatedFreeSwitch(Builder builder) throws IOException {
    time = builder.time;
    password = builder.password;
    application = builder.application;
    SwitchSettings settings =
        new SwitchSettings(
            UUID.randomUUID().toString(),
            () -> UUID.randomUUID().toString(),
            scaled(builder.media, builder.mediaScale),
            builder.refusesJoins);
    model = new SimulatedSwitch(time, settings);
    events = new EventWriter(time, settings.coreUuid(), hostname);
    originate = new Originate(model, new PlacedCalls());
    api = new ApiCommands(this, settings.coreUuid(), hostname, time::now);
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
  }

  SimulatedCaller call(
      String uuid, String from, String name, String to, Map<String, String> variables) {
    Map<String, String> all = new HashMap<>(variables);
    all.putIfAbsent("presence_id", from + "@" + hostname);
    model.arrive(new NewChannel(uuid, from, name, to, hostname, all));
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
   * Lists the rooms.
   *
   * @return the rooms, in the order of their creation
   */
  public List<RoomState> rooms() {
    return model.rooms().all();
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

  private void route(String uuid, String number) {
    switch (number) {
      case "park" -> answerAnd(uuid, "park", new Application.Park());
      case "echo" -> answerAnd(uuid, "echo", new Application.Echo());
      default -> handOver(uuid, number);
    }
  }

  private void answerAnd(String uuid, String name, Application what) {
    model.execute(uuid, new Execution(newId(), "answer", "", new Application.Answer(), false));
    model.execute(uuid, new Execution(newId(), name, "", what, false));
  }

  private void handOver(String uuid, String number) {
    InetSocketAddress address =
        number.matches("socket_\\d{1,5}")
            ? new InetSocketAddress(
                "127.0.0.1", Integer.parseInt(number.substring("socket_".length())))
            : application;
    handOverTo(uuid, address);
  }

  private void handOverTo(String uuid, InetSocketAddress address) {
    model.execute(
        uuid,
        new Execution(
            newId(), SOCKET, address + " async full", new Application.Elsewhere(), false));
    Thread.ofVirtual().name("freeswitch-socket-" + uuid).start(() -> connect(uuid, address));
  }

  private void connect(String uuid, InetSocketAddress address) {
    Socket socket = new Socket();
    try {
      socket.setTcpNoDelay(true);
      socket.connect(address, CONNECT_MILLIS);
      Session session = new Session(socket, new Server(), Optional.of(uuid));
      sessions.add(session);
      applications.put(uuid, session);
      session.start();
    } catch (IOException e) {
      LOG.warn("nobody takes calls at {}", address);
      model.hangUp(uuid, EndedBy.SWITCH, HangupCause.NORMAL_TEMPORARY_FAILURE);
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
      case SwitchEvent.Gone(var channel, var by) -> gone(channel);
      case SwitchEvent.Transferred(var channel, var number) -> {
        applications.remove(channel.uuid());
        route(channel.uuid(), number);
      }
      case SwitchEvent.OfChannel other -> {}
      case SwitchEvent.OfRoom other -> {}
    }
  }

  private void gone(ChannelState channel) {
    Session session = applications.remove(channel.uuid());
    if (session != null) {
      session.callEnded("sim/" + channel.callerNumber());
    }
  }

  void tell(WireEvent event) {
    sessions.forEach(session -> session.event(event));
  }

  EventWriter events() {
    return events;
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
        Session session = new Session(socket, new Server(), Optional.empty());
        sessions.add(session);
        session.start();
      } catch (IOException e) {
        if (!closed) {
          LOG.error("the event socket has failed", e);
        }
        return;
      }
    }
  }

  /** What sessions ask of the switch. */
  private final class Server implements Session.Server {

    @Override
    public boolean accepts(String offered) {
      return offered.equals(password);
    }

    @Override
    public String api(String line) {
      return api.run(line);
    }

    @Override
    public void background(Session session, String line, String job) {
      Thread.ofVirtual()
          .name("freeswitch-job")
          .start(() -> {
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
    public Session.Message message(Optional<String> channel, WireCommand command) {
      Optional<ChannelState> found = channel.flatMap(model::channel);
      if (found.isEmpty()) {
        boolean lingers = channel.isPresent() && history.cause(channel.get()).isPresent();
        return new Session.Message(
            lingers ? "+OK" : "-ERR invalid session id [" + channel.orElse("") + "]", () -> {});
      }
      return new Session.Message("+OK", () -> act(found.get(), command));
    }

    private void act(ChannelState channel, WireCommand command) {
      switch (command.header("call-command").orElse("")) {
        case "execute" -> execute(channel, command);
        case "hangup" ->
            model.hangUp(
                channel.uuid(),
                EndedBy.ENGINE,
                HangupCause.of(command.header("hangup-cause").orElse("NORMAL_CLEARING")));
        default -> LOG.debug("a message without a meaning: {}", command.line());
      }
    }

    private void execute(ChannelState channel, WireCommand command) {
      Optional<String> name = command.header("execute-app-name");
      if (name.isEmpty()) {
        return;
      }
      String data = command.header("execute-app-arg").orElse(command.body());
      Optional<Application> what = Applications.read(name.get(), data, channel);
      if (what.isEmpty()) {
        model.hangUp(channel.uuid(), EndedBy.SWITCH, HangupCause.DESTINATION_OUT_OF_ORDER);
        return;
      }
      model.execute(
          channel.uuid(),
          new Execution(
              command.header("event-uuid").orElseGet(SimulatedFreeSwitch::newId),
              name.get(),
              data,
              what.get(),
              command.header("event-lock").filter("true"::equals).isPresent()));
    }

    @Override
    public Optional<WireEvent> channelData(String channel) {
      return model.channel(channel).map(state -> events.ofChannel("CHANNEL_DATA", state));
    }

    @Override
    public Optional<String> variable(String channel, String name) {
      return model.channel(channel).flatMap(state -> state.variable(name));
    }

    @Override
    public String fire(WireCommand command) {
      String uuid = newId();
      WireEvent event = new WireEvent();
      command.headers().forEach(header -> event.add(header.getKey(), header.getValue()));
      event.add("Command", command.line()).add("Event-UUID", uuid);
      event.add("Event-Name", command.after("sendevent")).body(command.body());
      tell(event);
      return "+OK " + uuid;
    }

    /** Without its application the call has nothing behind {@code socket} and ends. */
    @Override
    public void ended(Session session) {
      sessions.remove(session);
      session
          .channel()
          .filter(uuid -> applications.remove(uuid, session))
          .ifPresent(uuid -> model.hangUp(uuid, EndedBy.SWITCH, HangupCause.NORMAL_CLEARING));
    }
  }

  @Nullable Session application(String channel) {
    return applications.get(channel);
  }
}
