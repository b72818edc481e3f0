package dev.callflow.freeswitch;

import dev.callflow.core.call.CallId;
import dev.callflow.esl.error.EslException;
import dev.callflow.esl.message.EslCommand;
import dev.callflow.freeswitch.SwitchText.Word;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs dialplan applications on a leg one after another, keeps track of the running one, and stops
 * applications on request. All methods except {@link #execute} are guarded by the leg's lock.
 */
final class LegApplications {

  private static final Logger LOG = LoggerFactory.getLogger(LegApplications.class);

  /** The leg's connection. */
  interface Connection {

    /** Queues an application; returns its Application-UUID. */
    String execute(String application, String argument);

    /** Sends a command without waiting for its answer. */
    void post(EslCommand command);
  }

  private final CallId id;
  private final Connection connection;
  private final SwitchText text;
  private @Nullable String running;
  private @Nullable String stopOnStart;
  private String terminators = "";

  LegApplications(CallId id, Connection connection, SwitchText text) {
    this.id = id;
    this.connection = connection;
    this.text = text;
  }

  /** Queues an application behind the earlier ones; does not wait. */
  String execute(String application, String argument) {
    try {
      return connection.execute(application, argument);
    } catch (EslException e) {
      // Either the leg has ended, which an event reports, or it has too many unfinished
      // applications.
      LOG.warn("call {}: cannot run {}: {}", id, application, e.getMessage());
      return "none-" + application;
    }
  }

  /** Sets whether a key ends the applications queued from now on. */
  void setKeysEnd(boolean keysEnd) {
    String value = keysEnd ? "any" : "none";
    if (terminators.isEmpty()) {
      // Without this filter, FreeSWITCH would store all keys of a call, including PINs, in a
      // variable that ends up in its call records.
      execute("set", "digits_dialed_filter=.+");
    }
    if (!value.equals(terminators)) {
      terminators = value;
      execute("set", "playback_terminators=" + value);
    }
  }

  /** Stops an application. If it has not started, it is stopped as soon as it starts. */
  void stop(String uuid) {
    if (isRunning(uuid) && !text.isWord(Word.LEG, id.value())) {
      LOG.warn("call {}: cannot stop an application, because the uuid would be syntax", id);
    } else if (isRunning(uuid)) {
      connection.post(new EslCommand.Api("uuid_break", text.word(Word.LEG, id.value())));
      // The command may also stop the application after this one, so queue a short silence next.
      execute("playback", "silence_stream://20");
    } else {
      stopOnStart(uuid);
    }
  }

  /** Stops an application as soon as it starts. */
  void stopOnStart(String uuid) {
    stopOnStart = uuid;
  }

  boolean isRunning(String uuid) {
    return uuid.equals(running);
  }

  /** Notes that an application has started. */
  void started(String uuid) {
    running = uuid;
    if (uuid.equals(stopOnStart)) {
      stopOnStart = null;
      stop(uuid);
    }
  }

  /** Notes that an application has ended. */
  void ended(String uuid) {
    if (isRunning(uuid)) {
      running = null;
    }
  }
}
