package dev.callflow.freeswitch;

import dev.callflow.core.call.CallId;
import dev.callflow.esl.error.EslException;
import dev.callflow.esl.message.EslCommand;
import dev.callflow.freeswitch.SwitchText.Word;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The dialplan applications that a leg runs one after the other: which one runs, and which one is
 * to be broken off. Guarded by the leg's lock, except {@link #execute}.
 */
final class LegApplications {

  private static final Logger LOG = LoggerFactory.getLogger(LegApplications.class);

  /** The leg's connection. */
  interface Connection {

    /** Asks for an application; returns its Application-UUID. */
    String execute(String application, String argument);

    /** Sends a command whose answer does not matter. */
    void post(EslCommand command);
  }

  private final CallId id;
  private final Connection connection;
  private final SwitchText text;
  private @Nullable String running;
  private @Nullable String stopAtBegin;
  private String terminators = "";

  LegApplications(CallId id, Connection connection, SwitchText text) {
    this.id = id;
    this.connection = connection;
    this.text = text;
  }

  /** Asks for an application after those that were asked for before; does not wait. */
  String execute(String application, String argument) {
    try {
      return connection.execute(application, argument);
    } catch (EslException e) {
      // The end of the leg arrives as an event; this request has come too late.
      LOG.warn("{}: {} could not be asked for: {}", id, application, e.getMessage());
      return "none-" + application;
    }
  }

  /** Sets whether a key ends what is asked for from now on. */
  void setKeysEnd(boolean keysEnd) {
    String wanted = keysEnd ? "any" : "none";
    if (terminators.isEmpty()) {
      // FreeSWITCH keeps all keys of a call in a variable, which ends up in its call records.
      execute("set", "digits_dialed_filter=.+");
    }
    if (!wanted.equals(terminators)) {
      terminators = wanted;
      execute("set", "playback_terminators=" + wanted);
    }
  }

  /** Ends the running application; one that has not begun is ended when it does. */
  void breakOff(String uuid) {
    if (isRunning(uuid)) {
      connection.post(new EslCommand.Api("uuid_break", text.word(Word.LEG, id.value())));
      // FreeSWITCH may break what follows, too; let that be something nobody listens to.
      execute("playback", "silence_stream://20");
    } else {
      breakOffAtBegin(uuid);
    }
  }

  /** Has an application end as soon as it has begun. */
  void breakOffAtBegin(String uuid) {
    stopAtBegin = uuid;
  }

  boolean isRunning(String uuid) {
    return uuid.equals(running);
  }

  /** An application has begun. */
  void begun(String uuid) {
    running = uuid;
    if (uuid.equals(stopAtBegin)) {
      stopAtBegin = null;
      breakOff(uuid);
    }
  }

  /** An application has ended. */
  void ended(String uuid) {
    if (isRunning(uuid)) {
      running = null;
    }
  }
}
