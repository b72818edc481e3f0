package dev.callflow.simulator.wire.socket;

import dev.callflow.simulator.model.ChannelState;
import dev.callflow.simulator.model.SwitchEvent;
import dev.callflow.simulator.network.Connection;
import dev.callflow.simulator.network.Listener;
import dev.callflow.simulator.network.Network;
import dev.callflow.simulator.wire.call.Routing;
import dev.callflow.simulator.wire.call.SocketMode;
import dev.callflow.simulator.wire.event.WireEvent;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The event socket of a simulated FreeSWITCH with all its connections, in both directions. */
public final class EventSocketServer implements ClientSession.Owner, Routing.HandOver {

  private static final Logger LOG = LoggerFactory.getLogger(EventSocketServer.class);

  private final Network network;
  private final InetSocketAddress address;
  private final SessionSupport support;
  private final SocketCommands commands;
  private final Routing routing;
  private final Set<ClientSession> sessions = new ConcurrentSkipListSet<>();

  /** The sessions that receive events of all calls. */
  private final Set<ClientSession> wide = new ConcurrentSkipListSet<>();

  /** The sessions that receive the events of only one call, by that call. */
  private final Map<String, Set<ClientSession>> confined = new ConcurrentHashMap<>();

  /** The sessions of applications, by the call that was handed over to them. */
  private final Map<String, ClientSession> applications = new ConcurrentHashMap<>();

  private volatile Runnable onSubscriber = () -> {};
  private final AtomicLong connections = new AtomicLong();
  private volatile Listener listening;
  private volatile boolean closing;

  /**
   * @param network the network for connections to applications
   * @param listening accepts the connections of clients
   */
  public EventSocketServer(
      Network network,
      Listener listening,
      SessionSupport support,
      SocketCommands commands,
      Routing routing) {
    this.network = network;
    this.listening = listening;
    this.address = listening.address();
    this.support = support;
    this.commands = commands;
    this.routing = routing;
  }

  public void start() {
    Listener current = listening;
    support.time().start("freeswitch-accept", () -> accept(current));
  }

  /**
   * Accepts connections again after {@link #close} or {@link #shutDown}.
   *
   * @throws IOException if the address is in use
   */
  public void listenAgain() throws IOException {
    listening = network.listen(address);
    closing = false;
    start();
  }

  public InetSocketAddress address() {
    return address;
  }

  private void accept(Listener current) {
    while (true) {
      try {
        Connection connection = current.accept();
        ClientSession session = session(connection, Optional.empty());
        sessions.add(session);
        if (commands.logins().admits(connection.peer().getAddress())) {
          session.start();
        } else {
          session.refuse();
        }
      } catch (IOException e) {
        if (!closing) {
          LOG.error("event socket: accepting connections failed; no more clients can connect", e);
        }
        return;
      }
    }
  }

  private ClientSession session(Connection connection, Optional<HandedCall> call) {
    return new ClientSession(connection, call, support, commands, this);
  }

  @Override
  public void handOver(String uuid, String execution, InetSocketAddress address, SocketMode mode) {
    HandedCall call = new HandedCall(uuid, execution, mode);
    support.time().start("freeswitch-socket-" + uuid, () -> connect(call, address));
  }

  private void connect(HandedCall call, InetSocketAddress address) {
    try {
      ClientSession session = session(network.connect(address), Optional.of(call));
      sessions.add(session);
      applications.put(call.uuid(), session);
      session.start();
    } catch (IOException e) {
      LOG.warn("call {}: could not connect to the application at {}", call.uuid(), address);
      commands.model().finish(call.uuid(), call.execution(), "_none_");
    }
  }

  /** Returns whether a client receives events of all calls. */
  public boolean hasSubscriber() {
    return !wide.isEmpty();
  }

  /** Drops all connections without a disconnect notice. */
  public void drop() {
    sessions.forEach(ClientSession::close);
  }

  /** Drops all connections and accepts no more. */
  public void close() {
    stopListening();
    drop();
  }

  /**
   * Accepts no more connections, notifies all clients that the system is being shut down, and
   * disconnects them.
   */
  public void shutDown() {
    stopListening();
    sessions.forEach(session -> session.leave(ClientSession.SHUT_DOWN));
  }

  private void stopListening() {
    closing = true;
    try {
      listening.close();
    } catch (IOException e) {
      LOG.debug("closing the listening socket failed", e);
    }
  }

  // ---- events for connections

  /**
   * Starts listening for the end of calls, in order to notify their sessions.
   *
   * @param onSubscriber runs after a client has subscribed to the events of all calls
   */
  public void follow(Runnable onSubscriber) {
    this.onSubscriber = onSubscriber;
    commands.model().listen(SwitchEvent.HungUp.class, it -> hungUp(it.channel()));
    commands.model().listen(SwitchEvent.Gone.class, it -> gone(it.channel()));
  }

  /**
   * Sends an event to the sessions that have subscribed to it; sessions limited to one call are
   * looked up by that call.
   */
  public void publish(WireEvent event) {
    wide.forEach(session -> session.event(event));
    event
        .header("Unique-ID")
        .or(() -> event.header("Job-Owner-UUID"))
        .map(confined::get)
        .ifPresent(all -> all.forEach(session -> session.event(event)));
  }

  private void hungUp(ChannelState channel) {
    ClientSession session = applications.get(channel.uuid());
    if (session != null && session.keepsItsCall()) {
      session.callEnded(channel.name());
    }
  }

  private void gone(ChannelState channel) {
    sessions.stream()
        .filter(it -> it.bound().equals(Optional.of(channel.uuid())))
        .forEach(session -> session.callEnded(channel.name()));
    ClientSession session = applications.remove(channel.uuid());
    if (session != null) {
      commands.lingering().add(channel);
      session.callEnded(channel.name());
    }
  }

  // ---- calls from sessions

  @Override
  public long number() {
    return connections.incrementAndGet();
  }

  @Override
  public void subscribed(ClientSession session) {
    if (session.isWide()) {
      wide.add(session);
      onSubscriber.run();
    } else {
      session
          .subject()
          .ifPresent(uuid ->
              confined.computeIfAbsent(uuid, fresh -> new ConcurrentSkipListSet<>()).add(session));
      wide.remove(session);
    }
  }

  /** Continues the dialplan of the call that the ended session controlled or was bound to. */
  @Override
  public void ended(ClientSession session) {
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
    session.call().ifPresent(call -> commands.lingering().remove(call.uuid()));
    session
        .call()
        .filter(call -> applications.remove(call.uuid(), session))
        .ifPresent(call -> commands.model().finish(call.uuid(), call.execution(), "_none_"));
    session
        .bound()
        .ifPresent(uuid ->
            routing
                .running(uuid)
                .ifPresent(execution -> commands.model().finish(uuid, execution, "_none_")));
  }
}
