package dev.callflow.simulator.wire.socket;

import dev.callflow.simulator.wire.event.WireEvent;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Carries out the commands of one connection. Used only by the thread that reads them. */
final class SessionCommands {

  /** The commands that an application may use only with full control of the switch. */
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

  /** The command words. A command matches the first word in this list that it starts with. */
  private static final List<String> WORDS =
      List.of(
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
          "log");

  private static final List<String> LOG_LEVELS =
      List.of("console", "alert", "crit", "err", "warning", "notice", "info", "debug");

  private static final String NOT_FOUND = "-ERR command not found";

  /** Sends replies to the client. */
  interface Replies {

    /** Replies to a command with one line. */
    void reply(String text);

    /** Answers a command with headers and a body. */
    void answer(String head, byte[] body);

    /** Sends a frame that is exempt from injected faults. */
    void send(String head, byte[] body);

    /** Sends a disconnect notice and closes the connection. */
    void leave();
  }

  private final SessionState state;
  private final CommandTarget target;
  private final Replies replies;
  private final Runnable subscribed;
  private Runnable afterwards = () -> {};
  private @Nullable RightsCheck rights;
  private boolean logging;

  /**
   * @param subscribed runs when the client's subscription has changed
   */
  SessionCommands(SessionState state, CommandTarget target, Replies replies, Runnable subscribed) {
    this.state = state;
    this.target = target;
    this.replies = replies;
    this.subscribed = subscribed;
  }

  /**
   * Carries out a command and replies to it. {@link #afterReply} then runs the command's action on
   * the channel, if there is one.
   */
  void run(WireCommand command) {
    if (command.is("exit") || command.is("...")) {
      replies.reply("+OK bye");
      replies.leave();
    } else if (!state.authorised()) {
      logIn(command);
    } else {
      obey(word(command), command);
    }
  }

  /** Runs the last command's action on the channel; to be called after the reply. */
  void afterReply() {
    Runnable next = afterwards;
    afterwards = () -> {};
    next.run();
  }

  private static String word(WireCommand command) {
    return WORDS.stream()
        .filter(command::is)
        .findFirst()
        .orElseGet(() -> command.is("api ") ? "api" : command.is("bgapi ") ? "bgapi" : "");
  }

  private void obey(String word, WireCommand command) {
    RightsCheck mine = rights;
    if (mine != null && !mine.allow(word, command)) {
      replies.reply("-ERR permission denied");
      return;
    }
    switch (state.mode().full() || !OF_FULL_CONTROL.contains(word) ? word : "") {
      case "connect" -> connect();
      case "api" -> api(command);
      case "bgapi" -> background(command);
      case "filter" -> filter(command.after("filter"));
      case "myevents" -> myEvents(command);
      case "getvar" -> variable(command.after("getvar"));
      case "resume" -> replies.reply(state.call().isPresent() ? "+OK" : NOT_FOUND);
      case "divert_events" -> divert(command);
      case "sendmsg" -> message(command);
      case "sendevent" -> replies.reply(target.fire(command));
      case "log" -> log(command.after("log"));
      case "nolog" -> noLog();
      case "linger" -> linger(command.after("linger"));
      case "nolinger" -> noLinger();
      case "event" -> {
        String reply = state.subscription().subscribe(command.after("event"));
        // Before the reply: a client that has it must not miss any event.
        subscribed.run();
        replies.reply(reply);
      }
      case "nixevent" -> replies.reply(state.subscription().unsubscribe(command.after("nixevent")));
      case "noevents" -> replies.reply(state.subscription().none());
      default -> replies.reply(NOT_FOUND);
    }
  }

  private void logIn(WireCommand command) {
    if (command.is("userauth ")) {
      logInUser(command.after("userauth").split(":", 2));
    } else if (!command.is("auth ")) {
      replies.reply(NOT_FOUND);
    } else if (target.accepts(command.line().substring("auth ".length()))) {
      state.authorise();
      replies.reply("+OK accepted");
    } else {
      replies.reply("-ERR invalid");
      replies.leave();
    }
  }

  private void logInUser(String[] named) {
    rights =
        target.user(named[0], named.length > 1 ? named[1] : "").map(RightsCheck::new).orElse(null);
    if (rights == null) {
      replies.reply("-ERR invalid");
      replies.leave();
    } else {
      state.authorise();
      replies.reply("+OK accepted" + rights.headers());
    }
  }

  private void connect() {
    Optional<WireEvent> data = state.channel().flatMap(target::channelData);
    if (data.isEmpty()) {
      replies.reply(NOT_FOUND);
      return;
    }
    replies.send(
        data.get()
                .add("Content-Type", "command/reply")
                .lines()
                .replace("Content-Type: command%2Freply", "Content-Type: command/reply")
            + "Reply-Text: %2BOK%0A\n"
            + state.mode().headers()
            + "\n",
        new byte[0]);
    if (state.mode().async()) {
      state.channel().ifPresent(target::parked);
    }
  }

  private void api(WireCommand command) {
    String answer = target.api(command.line().substring("api ".length()));
    byte[] body = WireEvent.utf8(answer.isEmpty() ? "-ERR no reply\n" : answer);
    replies.answer("Content-Type: api/response\nContent-Length: " + body.length + "\n\n", body);
  }

  private void background(WireCommand command) {
    String job = command.header("Job-UUID").orElseGet(() -> UUID.randomUUID().toString());
    replies.answer(
        "Content-Type: command/reply\nReply-Text: +OK Job-UUID: "
            + job
            + "\nJob-UUID: "
            + job
            + "\n\n",
        new byte[0]);
    target.background(command.line().substring("bgapi ".length()), job);
  }

  private void filter(String words) {
    replies.reply(words.isEmpty() ? NOT_FOUND : state.subscription().filter(words));
  }

  private void variable(String name) {
    replies.reply(state.channel().flatMap(uuid -> target.variable(uuid, name)).orElse(NOT_FOUND));
  }

  private void myEvents(WireCommand command) {
    String uuid = state.channel().orElse(command.after("myevents").split(" ")[0]);
    if (uuid.isEmpty()) {
      replies.reply(NOT_FOUND);
      return;
    }
    state.subscription().only(uuid);
    subscribed.run();
    if (state.call().isEmpty() && target.variable(uuid, "uuid").isPresent()) {
      state.bind(uuid);
    }
    replies.reply("+OK Events Enabled");
  }

  private void divert(WireCommand command) {
    replies.reply(
        state.call().isEmpty()
            ? "-ERR not controlling a session."
            : switch (command.after("divert_events").toLowerCase(Locale.ROOT)) {
              case "on" -> "+OK events diverted";
              case "off" -> "+OK events not diverted";
              default -> "-ERR missing value.";
            });
  }

  private void linger(String seconds) {
    if (state.call().isEmpty()) {
      replies.reply("-ERR not controlling a session");
    } else if (seconds.matches("\\d{1,6}")) {
      state.linger(OptionalInt.of(Integer.parseInt(seconds)));
      replies.reply("+OK will linger " + seconds + " seconds");
    } else {
      state.linger(OptionalInt.empty());
      replies.reply("+OK will linger");
    }
  }

  private void noLinger() {
    state.doNotLinger();
    replies.reply(
        state.call().isPresent() ? "+OK will not linger" : "-ERR not controlling a session");
  }

  private void message(WireCommand command) {
    String uuid = command.after("sendmsg");
    Optional<String> to =
        uuid.isEmpty() ? command.header("session-id").or(state::channel) : Optional.of(uuid);
    boolean inItsThread =
        state.keepsItsCall()
            && to.equals(state.channel())
            && command.header("async").filter("true"::equals).isEmpty();
    SentMessage message = target.message(to, command, inItsThread);
    if (inItsThread) {
      message.action().run();
    } else {
      afterwards = message.action();
    }
    replies.reply(message.reply());
  }

  /** Handles {@code log}; only its replies are simulated, not the log itself. */
  private void log(String word) {
    String requested = word.isEmpty() ? "debug" : word;
    int level =
        requested.matches("[0-7]") ? Integer.parseInt(requested) : LOG_LEVELS.indexOf(requested);
    logging |= level >= 0;
    replies.reply(
        level < 0 ? "-ERR invalid log level" : "+OK log level " + requested + " [" + level + "]");
  }

  private void noLog() {
    replies.reply(logging ? "+OK no longer logging" : "-ERR not loging");
    logging = false;
  }
}
