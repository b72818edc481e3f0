package dev.callflow.simulator.wire;

import dev.callflow.core.time.Inbox;
import dev.callflow.core.time.TimeSource;
import dev.callflow.simulator.network.Connection;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One event-socket connection, seen from the server. One thread reads and runs commands, another
 * one writes, so that whoever causes an event never waits for a slow client.
 */
final class Session implements Comparable<Session> {

  private static final Logger LOG = LoggerFactory.getLogger(Session.class);

  /** As in FreeSWITCH: a client that is behind by more is disconnected. */
  private static final int MAX_WAITING = 100_000;

  /** FreeSWITCH looks once in a while whether the time to linger is over. */
  private static final Duration AFTER_LINGER = Duration.ofMillis(700);

  /** Makes the thread that writes close the connection. */
  private static final byte[] END = new byte[0];

  private static final Duration BETWEEN_LOOKS = Duration.ofMinutes(1);

  static final String GOODBYE =
      "Disconnected, goodbye.\nSee you at ClueCon! http://www.cluecon.com/\n";

  /**
   * What becomes of a {@code sendmsg}: FreeSWITCH answers before the channel does anything, and
   * what it does may end the connection.
   */
  record Message(String reply, Runnable deed) {}

  /** What the server does for a session. */
  interface Server {
    boolean accepts(String password);

    /** What a user may do, if name and password are right. */
    Optional<UserRights> user(String name, String password);

    String api(String line);

    void background(Session session, String line, String job);

    /**
     * Says what to answer to a {@code sendmsg}, and what to do then, or before if the call's own
     * thread does it: that waits for the end of an application.
     */
    Message message(Optional<String> channel, WireCommand command, boolean inItsThread);

    /** The serialised channel, for {@code connect}; empty if there is none. */
    Optional<WireEvent> channelData(String channel);

    /** The application is connected: from now on the channel waits for it. */
    void parked(String channel);

    Optional<String> variable(String channel, String name);

    String fire(WireCommand command);

    /** Bytes have come: the connection's thread works on them. */
    void received(int bytes);

    /** The connection's thread has nothing to do but to wait for more. */
    void waits();

    /** The time by which its threads wait. */
    TimeSource time();

    /** Counts the connections. */
    long number();

    /** What goes wrong at present. */
    WireFaults faults();

    void later(Duration delay, Runnable what);

    void pause(Duration duration);

    /** What a session wants to be told has changed. */
    void subscribed(Session session);

    void ended(Session session);
  }

  private final Connection connection;
  private final Server server;

  /** What only an application may say that has full control of the switch. */
  private static final Set<String> OF_FULL_CONTROL =
      Set.of(
          "api",
          "bgapi",
          "linger",
          "nolinger",
          "sendevent",
          "event",
          "nixevent",
          "noevents",
          "log",
          "nolog");

  private final Optional<String> channel;
  private final String execution;
  private final SocketMode mode;
  private final long number;
  private final Random random;
  private final Subscription subscription = new Subscription();
  private final Inbox<byte[]> outgoing;
  private final AtomicBoolean ended = new AtomicBoolean();
  private final ReentrantLock holding = new ReentrantLock();
  private final List<WireEvent> held = new ArrayList<>();
  private boolean carryingOut;
  private Optional<String> over = Optional.empty();
  private boolean begun;
  private Runnable deed = () -> {};
  private volatile @Nullable OptionalInt linger;
  private volatile boolean closing;
  private volatile boolean dropped;
  private boolean authorised;
  private @Nullable UserRights rights;
  private volatile Optional<String> bound = Optional.empty();
  private boolean logging;

  /**
   * @param connection the connection
   * @param server what it is part of
   * @param channel the call that was handed over; empty on an inbound connection
   * @param execution the socket application by which it was; empty on an inbound connection
   * @param mode how the call was handed over
   */
  Session(
      Connection connection,
      Server server,
      Optional<String> channel,
      String execution,
      SocketMode mode) {
    this.connection = connection;
    this.server = server;
    this.channel = channel;
    this.execution = execution;
    this.mode = mode;
    this.number = server.number();
    this.random = new Random(server.faults().seed() + number);
    this.outgoing = server.time().inbox(MAX_WAITING);
    this.authorised = channel.isPresent();
  }

  /** In the order in which they came, so that all are told in that order. */
  @Override
  public int compareTo(Session other) {
    return Long.compare(number, other.number);
  }

  void start() {
    server.time().start("freeswitch-out-" + number, this::write);
    server.time().start("freeswitch-in-" + number, this::read);
  }

  /** Turns a client away whose address is not on the access list. */
  void refuse() {
    byte[] text = WireEvent.utf8("Access Denied, go away.\n");
    send("Content-Type: text/rude-rejection\nContent-Length: " + text.length + "\n\n", text);
    leave();
    server.time().start("freeswitch-out-" + number, this::write);
  }

  Optional<String> channel() {
    return channel;
  }

  String execution() {
    return execution;
  }

  /** The call that {@code myevents UUID} has bound an inbound connection to. */
  Optional<String> bound() {
    return bound;
  }

  /** The channel whose events alone it wants; empty if it wants others, too. */
  Optional<String> subject() {
    return subscription.subject();
  }

  /** Whether it may want events of other channels than the one it is about. */
  boolean isWide() {
    return subscription.isWide();
  }

  /** Offers an event; never blocks. */
  void event(WireEvent event) {
    if (!authorised || closing || isTheEndOfItsCall(event) || !subscription.wants(event)) {
      return;
    }
    if (held(event)) {
      return;
    }
    tell(event);
  }

  /**
   * One thread of FreeSWITCH carries out a connection's commands and writes its events: what
   * happens from the first character of a command on comes behind its answer, and behind those of
   * the commands that have come with it.
   */
  private boolean held(WireEvent event) {
    holding.lock();
    try {
      if (held.size() >= MAX_WAITING) {
        LOG.warn("a client does not finish its command: disconnected");
        hangUp();
      }
      return carryingOut && held.add(event);
    } finally {
      holding.unlock();
    }
  }

  private void hold() {
    holding.lock();
    carryingOut = true;
    holding.unlock();
  }

  /** Tells what was held back; the end of a call does not wait for further commands. */
  private void release(boolean commanded) {
    holding.lock();
    try {
      if (commanded && over.isEmpty()) {
        return;
      }
      carryingOut = false;
      held.forEach(this::tell);
      held.clear();
      over.ifPresent(this::tellEnd);
      over = Optional.empty();
    } finally {
      holding.unlock();
    }
  }

  private void carryOut(WireCommand command) {
    run(command);
    begun = true;
    Runnable next = deed;
    deed = () -> {};
    next.run();
  }

  private void tell(WireEvent event) {
    WireFaults faults = server.faults();
    switch (faults == WireFaults.NONE
        ? WireFaults.Fate.SENT
        : faults.ofEvent(event.name(), random)) {
      case SENT -> write(event);
      case LOST -> {}
      case TWICE -> {
        write(event);
        write(event);
      }
      case LATE -> server.later(faults.events().by(), () -> write(event));
    }
  }

  private void write(WireEvent event) {
    byte[] body = event.written(subscription.format());
    send(
        "Content-Length: "
            + body.length
            + "\nContent-Type: text/event-"
            + subscription.format()
            + "\n\n",
        body);
  }

  /**
   * The application of a call keeps its channel from being destroyed for as long as it is there.
   */
  private boolean isTheEndOfItsCall(WireEvent event) {
    Optional<String> mine = channel.or(() -> bound);
    return mine.isPresent()
        && (event.name().equals("CHANNEL_DESTROY")
            || event.header("Channel-State").equals(Optional.of("CS_DESTROY")))
        && event.header("Unique-ID").equals(mine);
  }

  /**
   * The call has ended: lets the connection linger if that was asked for, else closes it; as soon
   * as its commands are carried out.
   */
  void callEnded(String channelName) {
    holding.lock();
    try {
      if (carryingOut) {
        over = Optional.of(channelName);
      } else {
        tellEnd(channelName);
      }
    } finally {
      holding.unlock();
    }
  }

  private void tellEnd(String channelName) {
    OptionalInt seconds = linger;
    if (seconds == null) {
      leave();
      return;
    }
    send(
        "Content-Type: text/disconnect-notice\nControlled-Session-UUID: "
            + channel.orElseThrow()
            + "\nContent-Disposition: linger\nChannel-Name: "
            + channelName
            + "\nLinger-Time: "
            + seconds.orElse(-1)
            + "\nContent-Length: 0\n\n",
        new byte[0]);
    if (seconds.isPresent()) {
      server.later(Duration.ofSeconds(seconds.getAsInt()).plus(AFTER_LINGER), this::leave);
    }
  }

  /** Whether the call's own thread is in here, so that the call is gone only after it. */
  boolean keepsItsCall() {
    return channel.isPresent() && !mode.async();
  }

  /** Says good-bye and closes. */
  void leave() {
    goodbye(
        channel
            .or(() -> bound)
            .map(uuid -> "Controlled-Session-UUID: " + uuid + "\nContent-Disposition: disconnect\n")
            .orElse(""));
  }

  /** Closes without a word, also without those that wait to be said. */
  void close() {
    closing = true;
    dropped = true;
    offer(END);
  }

  private void goodbye(String more) {
    byte[] text = WireEvent.utf8(GOODBYE);
    send(
        "Content-Type: text/disconnect-notice\n" + more + "Content-Length: " + text.length + "\n\n",
        text);
    offer(END);
    closing = true;
  }

  /** The first command of an application is obeyed, but not answered if it is not connect. */
  private void reply(String text) {
    if (channel.isPresent() && !begun) {
      return;
    }
    answer("Content-Type: command/reply\nReply-Text: " + text + "\n\n", new byte[0]);
  }

  /** Sends the answer to a command. */
  private void answer(String head, byte[] body) {
    WireFaults faults = server.faults();
    switch (faults == WireFaults.NONE || !authorised
        ? WireFaults.Fate.SENT
        : faults.ofReply(random)) {
      case SENT, TWICE -> send(head, body);
      case LOST -> {}
      case LATE -> {
        server.pause(faults.replies().by());
        send(head, body);
      }
    }
  }

  private void send(String head, byte[] body) {
    byte[] start = WireEvent.utf8(head);
    byte[] frame = new byte[start.length + body.length];
    System.arraycopy(start, 0, frame, 0, start.length);
    System.arraycopy(body, 0, frame, start.length, body.length);
    offer(frame);
  }

  private void offer(byte[] frame) {
    if (!outgoing.offer(frame)) {
      LOG.warn("a client does not read: disconnected");
      hangUp();
    }
  }

  private void write() {
    try {
      OutputStream out = connection.output();
      while (!ended.get()) {
        byte[] frame = outgoing.poll(BETWEEN_LOOKS);
        if (dropped || frame != null && frame.length == 0) {
          break;
        }
        if (frame != null) {
          out.write(frame);
        }
      }
    } catch (IOException e) {
      LOG.debug("a client has gone", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      end();
    }
  }

  private void read() {
    server.received(0);
    try {
      readCommands();
    } finally {
      server.waits();
    }
  }

  private void readCommands() {
    try {
      InputStream in = new BufferedInputStream(new Watched(connection.input()));
      if (channel.isEmpty()) {
        send("Content-Type: auth/request\n\n", new byte[0]);
      }
      while (!closing) {
        release(in.available() > 0);
        int first = WireCommand.begin(in);
        hold();
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

  /** Tells when the thread begins and stops to wait for the client. */
  private final class Watched extends FilterInputStream {

    Watched(InputStream in) {
      super(in);
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      server.waits();
      int count = 0;
      try {
        count = super.read(into, offset, length);
        return count;
      } finally {
        server.received(Math.max(count, 0));
      }
    }
  }

  private void end() {
    if (ended.compareAndSet(false, true)) {
      hangUp();
      server.ended(this);
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

  private void run(WireCommand command) {
    if (command.is("exit") || command.is("...")) {
      reply("+OK bye");
      leave();
    } else if (!authorised) {
      logIn(command);
    } else {
      String word = word(command);
      UserRights mine = rights;
      if (mine != null && !mine.allow(word, command)) {
        reply("-ERR permission denied");
        return;
      }
      switch (mode.full() || !OF_FULL_CONTROL.contains(word) ? word : "") {
        case "connect" -> connect();
        case "api" -> api(command);
        case "bgapi" -> background(command);
        case "filter" ->
            reply(
                command.after("filter").isEmpty()
                    ? "-ERR command not found"
                    : subscription.filter(command.after("filter")));
        case "myevents" -> myEvents(command);
        case "getvar" ->
            reply(
                channel
                    .flatMap(uuid -> server.variable(uuid, command.after("getvar")))
                    .orElse("-ERR command not found"));
        case "resume" -> reply(channel.isPresent() ? "+OK" : "-ERR command not found");
        case "divert_events" -> divert(command);
        case "sendmsg" -> send(command);
        case "sendevent" -> reply(server.fire(command));
        case "log" -> log(command.after("log"));
        case "nolog" -> {
          reply(logging ? "+OK no longer logging" : "-ERR not loging");
          logging = false;
        }
        case "linger" -> linger(command);
        case "nolinger" -> {
          linger = null;
          reply(channel.isPresent() ? "+OK will not linger" : "-ERR not controlling a session");
        }
        case "event" -> {
          reply(subscription.subscribe(command.after("event")));
          server.subscribed(this);
        }
        case "nixevent" -> reply(subscription.unsubscribe(command.after("nixevent")));
        case "noevents" -> reply(subscription.none());
        default -> reply("-ERR command not found");
      }
    }
  }

  /** Commands are recognised by how they begin (protocol section 3). */
  private static String word(WireCommand command) {
    for (String word :
        new String[] {
          "filter",
          "resume",
          "connect",
          "getvar",
          "myevents",
          "divert_events",
          "sendmsg",
          "sendevent",
          "nolinger",
          "linger",
          "nolog",
          "noevents",
          "nixevent",
          "event",
          "log"
        }) {
      if (command.is(word)) {
        return word;
      }
    }
    return command.is("api ") ? "api" : command.is("bgapi ") ? "bgapi" : "";
  }

  private void logIn(WireCommand command) {
    if (command.is("userauth ")) {
      String[] named = command.after("userauth").split(":", 2);
      rights = server.user(named[0], named.length > 1 ? named[1] : "").orElse(null);
      if (rights == null) {
        reply("-ERR invalid");
        leave();
      } else {
        authorised = true;
        reply("+OK accepted" + rights.headers());
      }
      return;
    }
    if (!command.is("auth ")) {
      reply("-ERR command not found");
      return;
    }
    if (server.accepts(command.line().substring("auth ".length()))) {
      authorised = true;
      reply("+OK accepted");
    } else {
      reply("-ERR invalid");
      leave();
    }
  }

  private void connect() {
    Optional<WireEvent> data = channel.flatMap(server::channelData);
    if (data.isEmpty()) {
      reply("-ERR command not found");
      return;
    }
    send(
        data.get()
                .add("Content-Type", "command/reply")
                .lines()
                .replace("Content-Type: command%2Freply", "Content-Type: command/reply")
            + "Reply-Text: %2BOK%0A\n"
            + mode.headers()
            + "\n",
        new byte[0]);
    if (mode.async()) {
      channel.ifPresent(server::parked);
    }
  }

  private void api(WireCommand command) {
    String answer = server.api(command.line().substring("api ".length()));
    byte[] body = WireEvent.utf8(answer.isEmpty() ? "-ERR no reply\n" : answer);
    answer("Content-Type: api/response\nContent-Length: " + body.length + "\n\n", body);
  }

  private void background(WireCommand command) {
    String job = command.header("Job-UUID").orElseGet(() -> java.util.UUID.randomUUID().toString());
    answer(
        "Content-Type: command/reply\nReply-Text: +OK Job-UUID: "
            + job
            + "\nJob-UUID: "
            + job
            + "\n\n",
        new byte[0]);
    server.background(this, command.line().substring("bgapi ".length()), job);
  }

  private void myEvents(WireCommand command) {
    String uuid = channel.orElse(command.after("myevents").split(" ")[0]);
    if (uuid.isEmpty()) {
      reply("-ERR command not found");
      return;
    }
    subscription.only(uuid);
    server.subscribed(this);
    if (channel.isEmpty() && server.variable(uuid, "uuid").isPresent()) {
      bound = Optional.of(uuid);
    }
    reply("+OK Events Enabled");
  }

  private void divert(WireCommand command) {
    reply(
        channel.isEmpty()
            ? "-ERR not controlling a session."
            : switch (command.after("divert_events").toLowerCase(Locale.ROOT)) {
              case "on" -> "+OK events diverted";
              case "off" -> "+OK events not diverted";
              default -> "-ERR missing value.";
            });
  }

  private void linger(WireCommand command) {
    if (channel.isEmpty()) {
      reply("-ERR not controlling a session");
      return;
    }
    String seconds = command.after("linger");
    if (seconds.matches("\\d{1,6}")) {
      linger = OptionalInt.of(Integer.parseInt(seconds));
      reply("+OK will linger " + seconds + " seconds");
    } else {
      linger = OptionalInt.empty();
      reply("+OK will linger");
    }
  }

  private void send(WireCommand command) {
    String uuid = command.after("sendmsg");
    Optional<String> to =
        uuid.isEmpty() ? command.header("session-id").or(() -> channel) : Optional.of(uuid);
    boolean inItsThread =
        keepsItsCall()
            && to.equals(channel)
            && command.header("async").filter("true"::equals).isEmpty();
    Message message = server.message(to, command, inItsThread);
    if (inItsThread) {
      message.deed().run();
    } else {
      deed = message.deed();
    }
    reply(message.reply());
  }

  /** The log itself is not simulated. */
  private void log(String word) {
    List<String> levels =
        List.of("console", "alert", "crit", "err", "warning", "notice", "info", "debug");
    String asked = word.isEmpty() ? "debug" : word;
    int level = asked.matches("[0-7]") ? Integer.parseInt(asked) : levels.indexOf(asked);
    logging |= level >= 0;
    reply(level < 0 ? "-ERR invalid log level" : "+OK log level " + asked + " [" + level + "]");
  }
}
