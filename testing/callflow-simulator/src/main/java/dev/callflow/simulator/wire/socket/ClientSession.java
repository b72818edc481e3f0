package dev.callflow.simulator.wire.socket;

import dev.callflow.simulator.network.Connection;
import dev.callflow.simulator.wire.event.WireEvent;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The server side of one event-socket connection. One thread reads and carries out commands, and
 * another one writes.
 */
final class ClientSession
    implements Comparable<ClientSession>, SessionCommands.Replies, HeldEvents.Output {

  private static final Logger LOG = LoggerFactory.getLogger(ClientSession.class);

  /**
   * The delay between the end of a connection's linger time and the closing of the connection:
   * FreeSWITCH checks only periodically whether the linger time has passed.
   */
  private static final Duration AFTER_LINGER = Duration.ofMillis(700);

  static final String GOODBYE =
      "Disconnected, goodbye.\nSee you at ClueCon! http://www.cluecon.com/\n";

  static final String SHUT_DOWN = "The system is being shut down.\n";

  /** The owner of all sessions, which keeps track of them. */
  interface Owner {

    /** Returns a number that no other connection has. */
    long number();

    /** Called when the subscription of a session has changed. */
    void subscribed(ClientSession session);

    void ended(ClientSession session);
  }

  private final Connection connection;
  private final SessionSupport support;
  private final Owner owner;
  private final long number;
  private final SessionState state;
  private final SessionCommands commands;
  private final FaultDice faults;
  private final OutgoingFrames outgoing;
  private final HeldEvents events = new HeldEvents(this);
  private final AtomicBoolean ended = new AtomicBoolean();
  private boolean begun;
  private volatile boolean closing;

  /**
   * @param call the call that was handed over; empty on an inbound connection
   */
  ClientSession(
      Connection connection,
      Optional<HandedCall> call,
      SessionSupport support,
      CommandTarget target,
      Owner owner) {
    this.connection = connection;
    this.support = support;
    this.owner = owner;
    this.number = owner.number();
    this.state = new SessionState(call);
    this.commands = new SessionCommands(state, target, this, () -> owner.subscribed(this));
    this.faults = new FaultDice(support.faults(), number);
    this.outgoing = new OutgoingFrames(support.time(), this::hangUp);
  }

  /** Orders sessions by age, so that they receive events in the order in which they connected. */
  @Override
  public int compareTo(ClientSession other) {
    return Long.compare(number, other.number);
  }

  void start() {
    support.time().start("freeswitch-out-" + number, this::write);
    support.time().start("freeswitch-in-" + number, this::read);
  }

  /** Rejects a client whose address is not on the access list. */
  void refuse() {
    byte[] text = WireEvent.utf8("Access Denied, go away.\n");
    send("Content-Type: text/rude-rejection\nContent-Length: " + text.length + "\n\n", text);
    leave();
    support.time().start("freeswitch-out-" + number, this::write);
  }

  Optional<HandedCall> call() {
    return state.call();
  }

  /** Returns the call to which {@code myevents UUID} has bound an inbound connection. */
  Optional<String> bound() {
    return state.bound();
  }

  /**
   * Returns whether the session occupies the call's own thread. If it does, the call outlasts the
   * session.
   */
  boolean keepsItsCall() {
    return state.keepsItsCall();
  }

  /**
   * Returns the only channel whose events the session receives; empty if it is not limited to one
   * channel.
   */
  Optional<String> subject() {
    return state.subscription().subject();
  }

  /** Returns whether the session may receive the events of all channels. */
  boolean isWide() {
    return state.subscription().isWide();
  }

  // ---- events for the client

  /** Sends an event to the client if the client has subscribed to it; never blocks. */
  void event(WireEvent event) {
    if (state.authorised()
        && !closing
        && !isTheEndOfItsCall(event)
        && state.subscription().accepts(event)) {
      events.event(event);
    }
  }

  /**
   * Returns whether the event reports the destruction of the session's own call. FreeSWITCH never
   * sends such an event to the call's application, because the channel is not destroyed while the
   * application is connected.
   */
  private boolean isTheEndOfItsCall(WireEvent event) {
    Optional<String> mine = state.ownCall();
    return mine.isPresent()
        && (event.name().equals("CHANNEL_DESTROY")
            || event.header("Channel-State").equals(Optional.of("CS_DESTROY")))
        && event.header("Unique-ID").equals(mine);
  }

  @Override
  public void deliver(WireEvent event) {
    switch (faults.ofEvent(event.name())) {
      case SENT -> write(event);
      case LOST -> {}
      case TWICE -> {
        write(event);
        write(event);
      }
      case LATE -> support.jobs().later(support.faults().get().events().by(), () -> write(event));
    }
  }

  private void write(WireEvent event) {
    String format = state.subscription().format();
    byte[] body = event.written(format);
    send("Content-Length: " + body.length + "\nContent-Type: text/event-" + format + "\n\n", body);
  }

  /**
   * Handles the end of the call. Once the pending commands have been carried out, the connection
   * lingers if the client has requested that; otherwise, it is closed.
   */
  void callEnded(String channelName) {
    events.callEnded(channelName);
  }

  @Override
  public void deliverEnd(String channelName) {
    OptionalInt seconds = state.linger();
    if (seconds == null) {
      leave();
      return;
    }
    send(
        "Content-Type: text/disconnect-notice\nControlled-Session-UUID: "
            + state.channel().orElseThrow()
            + "\nContent-Disposition: linger\nChannel-Name: "
            + channelName
            + "\nLinger-Time: "
            + seconds.orElse(-1)
            + "\nContent-Length: 0\n\n",
        new byte[0]);
    if (seconds.isPresent()) {
      support.jobs().later(Duration.ofSeconds(seconds.getAsInt()).plus(AFTER_LINGER), this::leave);
    }
  }

  @Override
  public void overflow() {
    hangUp();
  }

  // ---- replies to the client

  /**
   * Replies to a command. An application's first command gets no such reply: it must be {@code
   * connect}, which is answered with the channel data.
   */
  @Override
  public void reply(String text) {
    if (state.call().isEmpty() || begun) {
      answer("Content-Type: command/reply\nReply-Text: " + text + "\n\n", new byte[0]);
    }
  }

  @Override
  public void answer(String head, byte[] body) {
    switch (state.authorised() ? faults.ofReply() : FaultDice.Fate.SENT) {
      case SENT, TWICE -> send(head, body);
      case LOST -> {}
      case LATE -> {
        support.jobs().pause(support.faults().get().replies().by());
        send(head, body);
      }
    }
  }

  @Override
  public void send(String head, byte[] body) {
    outgoing.send(head, body);
  }

  @Override
  public void leave() {
    leave(GOODBYE);
  }

  /** Sends a disconnect notice with the given text, and closes the connection after it. */
  void leave(String notice) {
    byte[] text = WireEvent.utf8(notice);
    String more =
        state
            .ownCall()
            .map(uuid -> "Controlled-Session-UUID: " + uuid + "\nContent-Disposition: disconnect\n")
            .orElse("");
    send(
        "Content-Type: text/disconnect-notice\n" + more + "Content-Length: " + text.length + "\n\n",
        text);
    outgoing.end();
    closing = true;
  }

  /**
   * Closes the connection without a disconnect notice, and drops the frames that are still queued.
   */
  void close() {
    closing = true;
    outgoing.drop();
  }

  // ---- threads

  private void write() {
    try {
      outgoing.write(connection.output(), ended::get);
    } catch (IOException e) {
      LOG.debug("connection {}: writing failed", number, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      end();
    }
  }

  private void read() {
    support.activity().received(0);
    try {
      readCommands();
    } finally {
      support.activity().busy(false);
    }
  }

  private void readCommands() {
    try {
      InputStream in = new BufferedInputStream(new Watched(connection.input()));
      if (state.call().isEmpty()) {
        send("Content-Type: auth/request\n\n", new byte[0]);
      }
      while (!closing) {
        events.release(in.available() > 0);
        int first = WireCommand.begin(in);
        events.hold();
        WireCommand command = first < 0 ? null : WireCommand.read(first, in);
        if (command == null) {
          break;
        }
        if (command == WireCommand.REFUSED) {
          leave();
          break;
        }
        carryOut(command);
      }
      if (closing) {
        // The writing thread sends the remaining frames and then closes the connection.
        return;
      }
    } catch (IOException e) {
      LOG.debug("connection {}: reading failed", number, e);
    }
    end();
  }

  private void carryOut(WireCommand command) {
    commands.run(command);
    begun = true;
    commands.afterReply();
  }

  /** Records when the reading thread starts and stops waiting for the client. */
  private final class Watched extends FilterInputStream {

    Watched(InputStream in) {
      super(in);
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      support.activity().busy(false);
      int count = 0;
      try {
        count = super.read(into, offset, length);
        return count;
      } finally {
        support.activity().received(Math.max(count, 0));
      }
    }
  }

  private void end() {
    if (ended.compareAndSet(false, true)) {
      hangUp();
      owner.ended(this);
    }
  }

  /** Closes the connection, which ends its two threads. */
  private void hangUp() {
    closing = true;
    try {
      connection.close();
    } catch (IOException e) {
      LOG.debug("connection {}: closing failed", number, e);
    }
  }
}
