package dev.callflow.simulator.wire;

import dev.callflow.core.time.TimeSource;
import dev.callflow.simulator.model.ChannelState;
import dev.callflow.simulator.network.Connection;
import dev.callflow.simulator.network.Listener;
import dev.callflow.simulator.network.Network;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All event-socket connections of a simulated FreeSWITCH, in both directions. */
final class EventSocket implements Session.Server, Routing.HandOver {

  private static final Logger LOG = LoggerFactory.getLogger(EventSocket.class);

  /** The api commands that run programs. */
  private static final Pattern PROGRAM =
      Pattern.compile("\\s*(?:bg_)?(?:system|spawn|spawn_stream)\\s.*", Pattern.CASE_INSENSITIVE);

  /** FreeSWITCH parks the channel of an application in a thread of its own: a little later. */
  private static final Duration UNTIL_PARKED = Duration.ofMillis(2);

  private final SimulatedFreeSwitch freeSwitch;
  private final Network network;
  private final Listener listening;
  private final Logins logins;
  private final TimeSource time;
  private final Waits waits;
  private final Activity activity;
  private final Set<Session> sessions = new ConcurrentSkipListSet<>();

  /** Sessions that are told of all calls; the others, by the call that they are told of. */
  private final Set<Session> wide = new ConcurrentSkipListSet<>();

  private final Map<String, Set<Session>> confined = new ConcurrentHashMap<>();

  /** Sessions of applications, by the call that was handed to them. */
  private final Map<String, Session> applications = new ConcurrentHashMap<>();

  /** Calls that have ended, for as long as their applications linger. */
  private final Map<String, ChannelState> lingering = new ConcurrentHashMap<>();

  private final AtomicLong connections = new AtomicLong();
  private volatile boolean closed;

  EventSocket(
      SimulatedFreeSwitch freeSwitch,
      Network network,
      Listener listening,
      Logins logins,
      TimeSource time,
      Activity activity) {
    this.freeSwitch = freeSwitch;
    this.network = network;
    this.listening = listening;
    this.logins = logins;
    this.time = time;
    this.waits = new Waits(time);
    this.activity = activity;
  }

  void start() {
    time.start("freeswitch-accept", this::accept);
  }

  InetSocketAddress address() {
    return listening.address();
  }

  private void accept() {
    while (!closed) {
      try {
        Connection connection = listening.accept();
        Session session = new Session(connection, this, Optional.empty(), "", SocketMode.INBOUND);
        sessions.add(session);
        if (logins.admits(connection.peer().getAddress())) {
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

  @Override
  public void handOver(String uuid, String execution, InetSocketAddress address, SocketMode mode) {
    time.start("freeswitch-socket-" + uuid, () -> connect(uuid, execution, address, mode));
  }

  private void connect(String uuid, String execution, InetSocketAddress address, SocketMode mode) {
    try {
      Connection connection = network.connect(address);
      Session session = new Session(connection, this, Optional.of(uuid), execution, mode);
      sessions.add(session);
      applications.put(uuid, session);
      session.start();
    } catch (IOException e) {
      LOG.warn("nobody takes calls at {}", address);
      freeSwitch.model().finish(uuid, execution, "_none_");
    }
  }

  /** Drops all connections without a word. */
  void drop() {
    sessions.forEach(Session::close);
  }

  void close() {
    closed = true;
    drop();
    try {
      listening.close();
    } catch (IOException e) {
      LOG.debug("the listening socket could not be closed", e);
    }
  }

  // ---- what connections are told

  /** Most sessions are about one call each: they are found by it, so that many cost little. */
  void tell(WireEvent event) {
    wide.forEach(session -> session.event(event));
    event
        .header("Unique-ID")
        .or(() -> event.header("Job-Owner-UUID"))
        .map(confined::get)
        .ifPresent(all -> all.forEach(session -> session.event(event)));
  }

  void hungUp(ChannelState channel) {
    Session session = applications.get(channel.uuid());
    if (session != null && session.keepsItsCall()) {
      session.callEnded(channel.name());
    }
  }

  void gone(ChannelState channel) {
    sessions.stream()
        .filter(it -> it.bound().equals(Optional.of(channel.uuid())))
        .forEach(session -> session.callEnded(channel.name()));
    Session session = applications.remove(channel.uuid());
    if (session != null) {
      lingering.put(channel.uuid(), channel);
      session.callEnded(channel.name());
    }
  }

  // ---- what connections ask for

  @Override
  public boolean accepts(String offered) {
    return logins.accepts(offered);
  }

  @Override
  public Optional<UserRights> user(String name, String offered) {
    return logins.user(name, offered);
  }

  @Override
  public String api(String line) {
    if (PROGRAM.matcher(line).matches()) {
      freeSwitch.note(new Effect.CommandRun("", Effect.Source.CLIENT, line));
    }
    return freeSwitch.api(line);
  }

  @Override
  public void background(Session session, String line, String job) {
    inBackground(() -> {
      String[] words = line.split(" ", 2);
      WireEvent event =
          freeSwitch
              .events()
              .base("BACKGROUND_JOB")
              .add("Job-UUID", job)
              .add("Job-Command", words[0]);
      if (words.length > 1) {
        event.add("Job-Command-Arg", words[1]);
      }
      tell(event.body(api(line)));
    });
  }

  void inBackground(Runnable job) {
    activity.busy(true);
    time.start(
        "freeswitch-job",
        () -> {
          try {
            job.run();
          } finally {
            activity.busy(false);
          }
        });
  }

  @Override
  public Session.Message message(
      Optional<String> channel, WireCommand command, boolean inItsThread) {
    return freeSwitch.messages().message(channel, command, inItsThread);
  }

  @Override
  public Optional<WireEvent> channelData(String channel) {
    return freeSwitch.model().channel(channel).map(freeSwitch.events()::data);
  }

  @Override
  public void parked(String channel) {
    freeSwitch
        .model()
        .channel(channel)
        .map(freeSwitch.events()::parked)
        .ifPresent(event -> time.after(UNTIL_PARKED, "freeswitch-park", () -> tell(event)));
  }

  @Override
  public Optional<String> variable(String channel, String name) {
    return freeSwitch
        .model()
        .channel(channel)
        .or(() -> Optional.ofNullable(lingering.get(channel)))
        .flatMap(state -> name.equals("uuid") ? Optional.of(channel) : state.variable(name));
  }

  @Override
  public String fire(WireCommand command) {
    String uuid = UUID.randomUUID().toString();
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
  public TimeSource time() {
    return time;
  }

  @Override
  public long number() {
    return connections.incrementAndGet();
  }

  @Override
  public WireFaults faults() {
    return freeSwitch.faults();
  }

  @Override
  public void later(Duration delay, Runnable what) {
    time.after(delay, "freeswitch-late", what);
  }

  @Override
  public void pause(Duration duration) {
    waits.pass(duration);
  }

  @Override
  public void subscribed(Session session) {
    if (session.isWide()) {
      wide.add(session);
    } else {
      session
          .subject()
          .ifPresent(uuid ->
              confined.computeIfAbsent(uuid, fresh -> new ConcurrentSkipListSet<>()).add(session));
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
        .ifPresent(uuid -> freeSwitch.model().finish(uuid, session.execution(), "_none_"));
    session
        .bound()
        .ifPresent(uuid ->
            freeSwitch
                .routing()
                .running(uuid)
                .ifPresent(execution -> freeSwitch.model().finish(uuid, execution, "_none_")));
  }
}
