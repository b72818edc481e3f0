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
 * One event-socket connection, seen from the server. One thread reads and runs commands, another
 * one writes.
 */
final class ClientSession
    implements Comparable<ClientSession>, SessionCommands.Replies, HeldEvents.Output {

  private static final Logger LOG = LoggerFactory.getLogger(ClientSession.class);

  /** FreeSWITCH looks once in a while whether the time to linger is over. */
  private static final Duration AFTER_LINGER = Duration.ofMillis(700);

  static final String GOODBYE =
      "Disconnected, goodbye.\nSee you at ClueCon! http://www.cluecon.com/\n";

  /** Has all connections, and counts them. */
  interface Owner {

    /** A number that no other connection has. */
    long number();

    /** What a session wants to be told has changed. */
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

  /** In the order in which they came, so that all are told in that order. */
  @Override
  public int compareTo(ClientSession other) {
    return Long.compare(number, other.number);
  }

  void start() {
    support.time().start("freeswitch-out-" + number, this::write);
    support.time().start("freeswitch-in-" + number, this::read);
  }

  /** Turns a client away whose address is not on the access list. */
  void refuse() {
    byte[] text = WireEvent.utf8("Access Denied, go away.\n");
    send("Content-Type: text/rude-rejection\nContent-Length: " + text.length + "\n\n", text);
    leave();
    support.time().start("freeswitch-out-" + number, this::write);
  }

  Optional<HandedCall> call() {
    return state.call();
  }

  /** The call that {@code myevents UUID} has bound an inbound connection to. */
  Optional<String> bound() {
    return state.bound();
  }

  /** Whether the call's own thread is in here, so that the call is gone only after it. */
  boolean keepsItsCall() {
    return state.keepsItsCall();
  }

  /** The channel whose events alone it wants; empty if it wants others, too. */
  Optional<String> subject() {
    return state.subscription().subject();
  }

  /** Whether it may want events of other channels than the one it is about. */
  boolean isWide() {
    return state.subscription().isWide();
  }

  // ---- events for the client

  /** Offers an event; never blocks. */
  void event(WireEvent event) {
    if (state.authorised()
        && !closing
        && !isTheEndOfItsCall(event)
        && state.subscription().wants(event)) {
      events.event(event);
    }
  }

  /**
   * The application of a call keeps its channel from being destroyed for as long as it is there.
   */
  private boolean isTheEndOfItsCall(WireEvent event) {
    Optional<String> mine = state.ownCall();
    return mine.isPresent()
        && (event.name().equals("CHANNEL_DESTROY")
            || event.header("Channel-State").equals(Optional.of("CS_DESTROY")))
        && event.header("Unique-ID").equals(mine);
  }

  @Override
  public void tell(WireEvent event) {
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
   * The call has ended: lets the connection linger if that was asked for, else closes it; as soon
   * as its commands are carried out.
   */
  void callEnded(String channelName) {
    events.callEnded(channelName);
  }

  @Override
  public void tellEnd(String channelName) {
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

  /** The first command of an application is obeyed, but not answered if it is not connect. */
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
    byte[] text = WireEvent.utf8(GOODBYE);
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

  /** Closes without a word, also without those that wait to be said. */
  void close() {
    closing = true;
    outgoing.drop();
  }

  // ---- threads

  private void write() {
    try {
      outgoing.write(connection.output(), ended::get);
    } catch (IOException e) {
      LOG.debug("a client has gone", e);
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
        // What is to be said is being said by the other thread, which closes then.
        return;
      }
    } catch (IOException e) {
      LOG.debug("a client has gone", e);
    }
    end();
  }

  private void carryOut(WireCommand command) {
    commands.run(command);
    begun = true;
    commands.afterReply();
  }

  /** Tells when the thread begins and stops to wait for the client. */
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

  /** Lets the connection's own threads end it. */
  private void hangUp() {
    closing = true;
    try {
      connection.close();
    } catch (IOException e) {
      LOG.debug("a connection could not be closed", e);
    }
  }
}
