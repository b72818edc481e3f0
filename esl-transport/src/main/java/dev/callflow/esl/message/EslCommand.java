package dev.callflow.esl.message;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A command of the client (docs/spec/event-socket.md#commands).
 *
 * <p>Each renders itself by {@link #render}, the only place where a command's bytes are made. Line
 * ends and NUL in any part are refused there: that is what keeps text from outside from becoming
 * commands. Passwords do not show in {@code toString}.
 */
public sealed interface EslCommand {

  /**
   * Returns the command as it goes over the wire.
   *
   * @return the bytes, with headers, the empty line, and the body
   * @throws IllegalArgumentException if a part contains what cannot be sent
   */
  default byte[] render() {
    CommandText text = new CommandText();
    write(text);
    return text.bytes();
  }

  /**
   * Writes the command's parts.
   *
   * @param text where to
   */
  void write(CommandText text);

  /**
   * {@code auth}.
   *
   * @param password the event socket's password
   */
  record Auth(String password) implements EslCommand {
    @Override
    public void write(CommandText text) {
      text.line("auth", password);
    }

    @Override
    public String toString() {
      return "Auth[***]";
    }
  }

  /**
   * {@code userauth}.
   *
   * @param user the user and domain, {@code user@domain}
   * @param password the user's password
   */
  record UserAuth(String user, String password) implements EslCommand {
    @Override
    public void write(CommandText text) {
      text.line("userauth", user + ":" + password);
    }

    @Override
    public String toString() {
      return "UserAuth[" + user + ", ***]";
    }
  }

  /**
   * {@code api}: blocks the connection until it has ended.
   *
   * @param command the command's name
   * @param arguments its arguments, may be empty
   */
  record Api(String command, String arguments) implements EslCommand {
    @Override
    public void write(CommandText text) {
      text.line("api", command, arguments);
    }

    @Override
    public String toString() {
      return "Api[" + command + " " + Masked.text(arguments) + "]";
    }
  }

  /**
   * {@code bgapi}: the result comes as an event.
   *
   * @param command the command's name
   * @param arguments its arguments, may be empty
   * @param jobUuid the job's id, at most 200 bytes
   */
  record BgApi(String command, String arguments, String jobUuid) implements EslCommand {

    /** Refuses an id so long that FreeSWITCH's answer to it would break its framing. */
    public BgApi {
      if (jobUuid.isEmpty() || jobUuid.getBytes(StandardCharsets.UTF_8).length > 200) {
        throw new IllegalArgumentException("a job's id must have 1 to 200 bytes");
      }
    }

    @Override
    public void write(CommandText text) {
      text.line("bgapi", command, arguments);
      text.header("Job-UUID", jobUuid);
    }

    @Override
    public String toString() {
      return "BgApi[" + command + " " + Masked.text(arguments) + ", " + jobUuid + "]";
    }
  }

  /**
   * {@code event}: subscribes.
   *
   * @param format how events are written; one setting for the whole connection
   * @param names names of events
   * @param subclasses subclasses of CUSTOM events
   */
  record Events(EslEvent.Format format, List<String> names, List<String> subclasses)
      implements EslCommand {

    /** Copies the lists. */
    public Events {
      names = List.copyOf(names);
      subclasses = List.copyOf(subclasses);
    }

    @Override
    public void write(CommandText text) {
      text.line("event", words(format.name().toLowerCase(java.util.Locale.ROOT)));
    }

    private String[] words(String first) {
      return CommandText.subscription(first, names, subclasses);
    }
  }

  /**
   * {@code nixevent}: ends subscriptions.
   *
   * @param names names of events
   * @param subclasses subclasses of CUSTOM events
   */
  record NixEvents(List<String> names, List<String> subclasses) implements EslCommand {

    /** Copies the lists. */
    public NixEvents {
      names = List.copyOf(names);
      subclasses = List.copyOf(subclasses);
    }

    @Override
    public void write(CommandText text) {
      text.line("nixevent", CommandText.subscription("", names, subclasses));
    }
  }

  /** {@code noevents}: ends all subscriptions; filters stay. */
  record NoEvents() implements EslCommand {
    @Override
    public void write(CommandText text) {
      text.line("noevents");
    }
  }

  /**
   * {@code filter}: lets only matching events through, BACKGROUND_JOB and HEARTBEAT among them.
   *
   * @param header the header's name
   * @param value its value, or {@code /a regular expression/}
   */
  record Filter(String header, String value) implements EslCommand {
    @Override
    public void write(CommandText text) {
      text.line("filter", header, value);
    }
  }

  /**
   * {@code filter delete}.
   *
   * @param header the header's name, or {@code all}
   * @param value its value; empty for every value
   */
  record FilterDelete(String header, String value) implements EslCommand {
    @Override
    public void write(CommandText text) {
      text.line("filter delete", header, value);
    }
  }

  /**
   * {@code myevents}: on an inbound connection binds it to a call, which is unparked when the
   * connection ends.
   *
   * @param uuid the call; empty on an outbound connection
   */
  record MyEvents(Optional<String> uuid) implements EslCommand {
    @Override
    public void write(CommandText text) {
      text.line("myevents", uuid.orElse(""));
    }
  }

  /**
   * {@code divert_events}.
   *
   * @param on whether events queued to the session come here
   */
  record DivertEvents(boolean on) implements EslCommand {
    @Override
    public void write(CommandText text) {
      text.line("divert_events", on ? "on" : "off");
    }
  }

  /**
   * {@code linger}: keeps an outbound connection open after the call's end.
   *
   * @param seconds for how long; empty for ever
   */
  record Linger(OptionalInt seconds) implements EslCommand {
    @Override
    public void write(CommandText text) {
      text.line("linger", seconds.isPresent() ? String.valueOf(seconds.getAsInt()) : "");
    }
  }

  /** {@code nolinger}. */
  record NoLinger() implements EslCommand {
    @Override
    public void write(CommandText text) {
      text.line("nolinger");
    }
  }

  /**
   * {@code sendmsg} with {@code execute}: has a call run an application.
   *
   * @param uuid the call; empty on an outbound connection
   * @param application the application's name
   * @param argument its argument; goes into the body if it has line breaks or is long
   * @param eventUuid the Application-UUID of the events that tell of it
   * @param eventLock whether later ones wait for its end; without it they nest
   *     (docs/spec/event-socket.md#sendmsg)
   * @param loops how often to run it, at least 1
   */
  record Execute(
      Optional<String> uuid,
      String application,
      String argument,
      String eventUuid,
      boolean eventLock,
      int loops)
      implements EslCommand {

    private static final int MAX_HEADER = 1024;

    @Override
    public void write(CommandText text) {
      text.line("sendmsg", uuid.orElse(""));
      text.header("call-command", "execute");
      text.header("execute-app-name", application);
      text.header("Event-UUID", eventUuid);
      if (eventLock) {
        text.header("event-lock", "true");
      }
      if (loops > 1) {
        text.header("loops", String.valueOf(loops));
      }
      if (argument.indexOf('\n') >= 0
          || argument.indexOf('\r') >= 0
          || argument.length() > MAX_HEADER) {
        text.header("content-type", "text/plain");
        text.body(argument);
      } else if (!argument.isEmpty()) {
        text.header("execute-app-arg", argument);
      }
    }
  }

  /**
   * {@code sendmsg} with {@code hangup}.
   *
   * @param uuid the call; empty on an outbound connection
   * @param cause the cause's name
   */
  record HangUp(Optional<String> uuid, String cause) implements EslCommand {
    @Override
    public void write(CommandText text) {
      text.line("sendmsg", uuid.orElse(""));
      text.header("call-command", "hangup");
      text.header("hangup-cause", cause);
    }
  }

  /**
   * {@code sendmsg} with {@code nomedia}: takes the media path away from FreeSWITCH, or gives it
   * back.
   *
   * @param uuid the call; empty on an outbound connection
   * @param peer the {@code nomedia-uuid}: the channel that is concerned
   */
  record NoMedia(Optional<String> uuid, String peer) implements EslCommand {
    @Override
    public void write(CommandText text) {
      text.line("sendmsg", uuid.orElse(""));
      text.header("call-command", "nomedia");
      text.header("nomedia-uuid", peer);
    }
  }

  /**
   * {@code sendmsg} with {@code unicast}: sends a call's media to a socket, and takes it from
   * there.
   *
   * @param uuid the call; empty on an outbound connection
   * @param local FreeSWITCH's own address
   * @param remote the other address
   * @param transport {@code udp} or {@code tcp}
   * @param flags such as {@code native}; may be empty
   */
  record Unicast(
      Optional<String> uuid,
      InetSocketAddress local,
      InetSocketAddress remote,
      String transport,
      String flags)
      implements EslCommand {
    @Override
    public void write(CommandText text) {
      text.line("sendmsg", uuid.orElse(""));
      text.header("call-command", "unicast");
      text.header("local-ip", local.getHostString());
      text.header("local-port", String.valueOf(local.getPort()));
      text.header("remote-ip", remote.getHostString());
      text.header("remote-port", String.valueOf(remote.getPort()));
      text.header("transport", transport);
      if (!flags.isEmpty()) {
        text.header("flags", flags);
      }
    }
  }

  /**
   * {@code sendmsg} with {@code xferext}: has a call run an extension that is given in full.
   *
   * @param uuid the call; empty on an outbound connection
   * @param applications each application with its argument, such as {@code playback hello.wav}
   */
  record TransferToExtension(Optional<String> uuid, List<String> applications)
      implements EslCommand {

    /** Copies the applications. */
    public TransferToExtension {
      applications = List.copyOf(applications);
    }

    @Override
    public void write(CommandText text) {
      text.line("sendmsg", uuid.orElse(""));
      text.header("call-command", "xferext");
      applications.forEach(application -> text.header("application", application));
    }
  }

  /**
   * {@code sendevent}.
   *
   * @param name the event's name
   * @param headers its headers, none of them empty
   * @param body its body, may be empty
   */
  record SendEvent(String name, Map<String, String> headers, String body) implements EslCommand {

    /** Copies the headers, in their order. */
    public SendEvent {
      headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    }

    @Override
    public void write(CommandText text) {
      text.line("sendevent", name);
      headers.forEach(text::header);
      if (!body.isEmpty()) {
        text.body(body);
      }
    }
  }

  /**
   * {@code log}.
   *
   * @param level 0 (console) to 7 (debug)
   */
  record Log(int level) implements EslCommand {
    @Override
    public void write(CommandText text) {
      text.line("log", String.valueOf(level));
    }
  }

  /** {@code nolog}. */
  record NoLog() implements EslCommand {
    @Override
    public void write(CommandText text) {
      text.line("nolog");
    }
  }

  /**
   * {@code getvar}: values with line breaks break the framing; prefer {@code api uuid_getvar}.
   *
   * @param name the variable's name
   */
  record GetVar(String name) implements EslCommand {
    @Override
    public void write(CommandText text) {
      text.line("getvar", name);
    }
  }

  /** {@code exit}. */
  record Exit() implements EslCommand {
    @Override
    public void write(CommandText text) {
      text.line("exit");
    }
  }

  /** {@code resume}: the dialplan goes on when an outbound connection ends. */
  record Resume() implements EslCommand {
    @Override
    public void write(CommandText text) {
      text.line("resume");
    }
  }

  /** {@code connect}: must be the first command on an outbound connection. */
  record Connect() implements EslCommand {
    @Override
    public void write(CommandText text) {
      text.line("connect");
    }
  }

  /** A word that FreeSWITCH does not know: answered by an error at once, without side effects. */
  record Noop() implements EslCommand {
    @Override
    public void write(CommandText text) {
      text.line("noop");
    }
  }

  /**
   * Makes an execute with a fresh Event-UUID and event-lock, on the connection's own call.
   *
   * @param application the application's name
   * @param argument its argument, may be empty
   * @return the command
   */
  static Execute execute(String application, String argument) {
    return new Execute(
        Optional.empty(), application, argument, java.util.UUID.randomUUID().toString(), true, 1);
  }

  /**
   * Makes a subscription to events as text.
   *
   * @param names names of events
   * @param subclasses subclasses of CUSTOM events
   * @return the command
   */
  static Events events(List<String> names, List<String> subclasses) {
    return new Events(EslEvent.Format.PLAIN, new ArrayList<>(names), subclasses);
  }
}
