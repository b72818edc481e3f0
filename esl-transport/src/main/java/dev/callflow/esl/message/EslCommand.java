package dev.callflow.esl.message;

import dev.callflow.esl.bytes.Masked;
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
 * A command to FreeSWITCH (docs/spec/event-socket.md#commands).
 *
 * <p>{@link #render} is the only method that creates a command's bytes. It refuses line ends and
 * NUL in every part, so that external text cannot inject commands. {@code toString} does not show
 * passwords.
 */
public sealed interface EslCommand {

  /**
   * Returns the bytes to send.
   *
   * @return the command line, the headers, the empty line and the body
   * @throws IllegalArgumentException if a part contains a line end or NUL
   */
  default byte[] render() {
    CommandText text = new CommandText();
    write(text);
    return text.bytes();
  }

  /**
   * Writes the parts of the command.
   *
   * @param text the command text to write to
   */
  void write(CommandText text);

  /**
   * {@code auth}: logs in with the password of the event socket.
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
   * {@code userauth}: logs in as a user of the directory.
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
   * {@code api}: runs an api command, which blocks the connection until the command has ended.
   *
   * @param command the command's name
   * @param arguments its arguments; may be empty
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
   * {@code bgapi}: runs an api command in the background; the result arrives as an event.
   *
   * @param command the command's name
   * @param arguments its arguments; may be empty
   * @param jobUuid the job's id, at most 200 bytes
   */
  record BgApi(String command, String arguments, String jobUuid) implements EslCommand {

    /**
     * Checks the length of the id: a longer id would overflow FreeSWITCH's reply and break its
     * framing.
     */
    public BgApi {
      int length = jobUuid.getBytes(StandardCharsets.UTF_8).length;
      if (length < 1 || length > 200) {
        throw new IllegalArgumentException("a job id must have 1 to 200 bytes, but has " + length);
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
   * {@code event}: subscribes to events.
   *
   * @param format the format of events, which applies to the entire connection
   * @param names the event names
   * @param subclasses the subclasses of CUSTOM events
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
   * @param names the event names
   * @param subclasses the subclasses of CUSTOM events
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

  /** {@code noevents}: ends all subscriptions; the filters remain. */
  record NoEvents() implements EslCommand {
    @Override
    public void write(CommandText text) {
      text.line("noevents");
    }
  }

  /**
   * {@code filter}: restricts events to those that match; this also affects BACKGROUND_JOB and
   * HEARTBEAT.
   *
   * @param header the header's name
   * @param value the value to match, or {@code /a regular expression/}
   */
  record Filter(String header, String value) implements EslCommand {
    @Override
    public void write(CommandText text) {
      text.line("filter", header, value);
    }
  }

  /**
   * {@code filter delete}: removes filters.
   *
   * @param header the header's name, or {@code all}
   * @param value the value of the filter; empty for all values
   */
  record FilterDelete(String header, String value) implements EslCommand {
    @Override
    public void write(CommandText text) {
      text.line("filter delete", header, value);
    }
  }

  /**
   * {@code myevents}: subscribes to the events of one call. An inbound connection is then bound to
   * the call, which is unparked when the connection ends.
   *
   * @param uuid the channel's uuid; empty on an outbound connection
   */
  record MyEvents(Optional<String> uuid) implements EslCommand {
    @Override
    public void write(CommandText text) {
      text.line("myevents", uuid.orElse(""));
    }
  }

  /**
   * {@code divert_events}: enables or disables the delivery of events that are queued for the
   * session.
   *
   * @param on whether this connection should receive these events
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
   * @param seconds the time in seconds; empty for no limit
   */
  record Linger(OptionalInt seconds) implements EslCommand {
    @Override
    public void write(CommandText text) {
      text.line("linger", seconds.isPresent() ? String.valueOf(seconds.getAsInt()) : "");
    }
  }

  /** {@code nolinger}: cancels {@link Linger}. */
  record NoLinger() implements EslCommand {
    @Override
    public void write(CommandText text) {
      text.line("nolinger");
    }
  }

  /**
   * {@code sendmsg} with {@code execute}: runs an application on a call.
   *
   * @param uuid the channel's uuid; empty on an outbound connection
   * @param application the application's name
   * @param argument its argument; sent in the body if it contains line breaks or is long
   * @param eventUuid the Application-UUID of the application's events
   * @param eventLock whether later applications wait until this one ends; without the lock, they
   *     run inside it (docs/spec/event-socket.md#sendmsg)
   * @param loops the number of times to run the application, at least 1
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
   * {@code sendmsg} with {@code hangup}: hangs up after the running application has ended.
   *
   * @param uuid the channel's uuid; empty on an outbound connection
   * @param cause the name of the hangup cause
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
   * {@code sendmsg} with {@code nomedia}: takes FreeSWITCH out of the media path or puts it back
   * into the path.
   *
   * @param uuid the channel's uuid; empty on an outbound connection
   * @param peer the {@code nomedia-uuid}, the uuid of the affected channel
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
   * {@code sendmsg} with {@code unicast}: sends a call's media to a socket and receives media from
   * it.
   *
   * @param uuid the channel's uuid; empty on an outbound connection
   * @param local the address of FreeSWITCH
   * @param remote the address of the other side
   * @param transport the transport, {@code udp} or {@code tcp}
   * @param flags the flags, such as {@code native}; may be empty
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
   * {@code sendmsg} with {@code xferext}: transfers a call to an extension that consists of the
   * given applications.
   *
   * @param uuid the channel's uuid; empty on an outbound connection
   * @param applications the applications with their arguments, such as {@code playback hello.wav}
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
   * {@code sendevent}: fires an event in FreeSWITCH.
   *
   * @param name the event's name
   * @param headers its headers, with non-empty names
   * @param body its body; may be empty
   */
  record SendEvent(String name, Map<String, String> headers, String body) implements EslCommand {

    /** Copies the headers and keeps their order. */
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
   * {@code log}: subscribes to FreeSWITCH's log.
   *
   * @param level the highest level to receive, from 0 (console) to 7 (debug)
   */
  record Log(int level) implements EslCommand {
    @Override
    public void write(CommandText text) {
      text.line("log", String.valueOf(level));
    }
  }

  /** {@code nolog}: ends the subscription to the log. */
  record NoLog() implements EslCommand {
    @Override
    public void write(CommandText text) {
      text.line("nolog");
    }
  }

  /**
   * {@code getvar}: reads a channel variable. A value that contains line breaks corrupts the
   * framing; prefer {@code api uuid_getvar}.
   *
   * @param name the variable's name
   */
  record GetVar(String name) implements EslCommand {
    @Override
    public void write(CommandText text) {
      text.line("getvar", name);
    }
  }

  /** {@code exit}: closes the connection. */
  record Exit() implements EslCommand {
    @Override
    public void write(CommandText text) {
      text.line("exit");
    }
  }

  /** {@code resume}: lets the dialplan continue when an outbound connection ends. */
  record Resume() implements EslCommand {
    @Override
    public void write(CommandText text) {
      text.line("resume");
    }
  }

  /**
   * {@code connect}: requests the channel data; must be the first command on an outbound
   * connection.
   */
  record Connect() implements EslCommand {
    @Override
    public void write(CommandText text) {
      text.line("connect");
    }
  }

  /**
   * A command that FreeSWITCH does not know and therefore answers immediately with an error,
   * without side effects.
   */
  record Noop() implements EslCommand {
    @Override
    public void write(CommandText text) {
      text.line("noop");
    }
  }

  /**
   * Creates an {@code execute} command for the connection's own call, with a new Event-UUID and an
   * event-lock.
   *
   * @param application the application's name
   * @param argument its argument; may be empty
   * @return the command
   */
  static Execute execute(String application, String argument) {
    return new Execute(
        Optional.empty(), application, argument, java.util.UUID.randomUUID().toString(), true, 1);
  }

  /**
   * Creates a subscription to events in the plain format.
   *
   * @param names the event names
   * @param subclasses the subclasses of CUSTOM events
   * @return the command
   */
  static Events events(List<String> names, List<String> subclasses) {
    return new Events(EslEvent.Format.PLAIN, new ArrayList<>(names), subclasses);
  }
}
