package dev.callflow.conference.kept;

import dev.callflow.conference.mixer.Mixer;
import dev.callflow.conference.mixer.MixerReply;
import dev.callflow.conference.mixer.RoomId;
import dev.callflow.core.call.CallId;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores a conference's settings with the calls of its callers outside, so that they last as long
 * as one of these calls, even if the mixer never had the room. Safe for use by any thread.
 *
 * @param mixer the mixer that has the calls
 * @param turns the turns in which the settings of a conference are changed and stored
 */
public record CallerCopies(Mixer mixer, RoomTurns turns) {

  private static final Logger LOG = LoggerFactory.getLogger(CallerCopies.class);

  /** Longer than a change that meets an unresponsive mixer takes. */
  public static final Duration TURN_TIMEOUT = Duration.ofSeconds(20);

  /** A short time, since the caller hears silence meanwhile. */
  private static final Duration CALLER_TIMEOUT = Duration.ofSeconds(2);

  /**
   * Settings, and where they must be stored.
   *
   * @param revision the revision of the settings; 0 if nothing has been set
   * @param settings the settings as text
   * @param inMixer whether the mixer's room must be given a change; if not, it does not exist or is
   *     about to be given all settings
   * @param callers the callers with whom the settings must be stored: those outside, and those
   *     inside as long as the mixer's room has not been given the settings
   */
  public record Due(long revision, String settings, boolean inMixer, Set<CallId> callers) {}

  /**
   * Stores settings with all callers; to be called in the conference's turn.
   *
   * @return the first reply that is not {@link MixerReply.Done}; a caller who has hung up counts as
   *     done
   */
  public MixerReply store(RoomId room, Due due) {
    MixerReply result = new MixerReply.Done();
    for (CallId caller : due.callers()) {
      MixerReply reply = mixer.keep(caller, room, due.settings());
      switch (reply) {
        case MixerReply.Done done -> {}
        case MixerReply.NotThere hungUp -> {}
        case MixerReply.Refused refused -> result = reply;
        case MixerReply.Unknown unknown -> {
          // The mixer is not responding: waiting for each caller would take too long.
          return reply;
        }
      }
    }
    return result;
  }

  /**
   * Stores settings with a caller who has arrived.
   *
   * @param settings returns the current settings; empty if there are none
   */
  public void arrived(RoomId room, CallId caller, Supplier<Optional<String>> settings) {
    if (settings.get().isEmpty()) {
      return;
    }
    try (RoomTurns.Turn turn = turns.queue(room)) {
      begin(turn, room);
      MixerReply reply =
          settings
              .get()
              .map(current -> mixer.keep(caller, room, current))
              .orElseGet(MixerReply.Done::new);
      if (reply instanceof MixerReply.Refused || reply instanceof MixerReply.Unknown) {
        LOG.warn("room {}: cannot store the settings with call {}: {}", room, caller, reply);
      }
    }
  }

  /** Removes the settings from the call of a caller who has left the conference. */
  public void left(RoomId room, CallId caller) {
    try (RoomTurns.Turn turn = turns.queue(room)) {
      begin(turn, room);
      mixer.keep(caller, room, "");
    }
  }

  private static void begin(RoomTurns.Turn turn, RoomId room) {
    if (!turn.begin(CALLER_TIMEOUT)) {
      LOG.warn("room {}: a change of the settings takes too long; not waiting for it", room);
    }
  }
}
