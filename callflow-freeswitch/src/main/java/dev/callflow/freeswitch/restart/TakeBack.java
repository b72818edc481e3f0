package dev.callflow.freeswitch.restart;

import dev.callflow.core.call.CallId;
import dev.callflow.core.call.Position;
import dev.callflow.core.time.TimeSource;
import dev.callflow.esl.error.EslException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes back the calls that an earlier process handled outside of rooms, by transferring each of
 * them to this host. Members of rooms stay where they are, because a room may end when a member
 * leaves it.
 */
public final class TakeBack {

  private static final Logger LOG = LoggerFactory.getLogger(TakeBack.class);

  /** How often FreeSWITCH retries if the host is lost again; the tries are three seconds apart. */
  private static final int RETRIES = 10;

  /** Runs commands over the control connection. */
  public interface Control {

    /**
     * Runs a command and waits for its answer.
     *
     * @param command the command
     * @param arguments its arguments
     * @return the answer
     * @throws EslException if there is no answer
     */
    String run(String command, String arguments);
  }

  private static final Duration ARRIVAL_TIMEOUT = Duration.ofSeconds(5);

  private final Control control;
  private final String music;
  private final TimeSource time;
  private final Predicate<String> isUuid;
  private final Predicate<CallId> isHere;

  /** The calls that have just been transferred and must not be transferred again. */
  private final Set<String> underway = ConcurrentHashMap.newKeySet();

  /**
   * Prepares to take calls back; {@link #run} takes them.
   *
   * @param control runs commands
   * @param music the music that callers hear between two tries; must be safe to use in a command
   * @param time the source of time
   * @param isUuid returns whether a channel's uuid can be written in a command
   * @param isHere returns whether this process already controls a call
   */
  public TakeBack(
      Control control,
      String music,
      TimeSource time,
      Predicate<String> isUuid,
      Predicate<CallId> isHere) {
    this.control = control;
    this.music = music;
    this.time = time;
    this.isUuid = isUuid;
    this.isHere = isHere;
  }

  /**
   * Takes back every call outside of rooms that has a valid position; blocks until all of them have
   * been transferred.
   *
   * @param positions reads and signs positions
   * @param coreUuid the {@code Core-UUID} of the current run of FreeSWITCH
   * @param calls the address at which this host takes calls
   */
  public void run(Positions positions, String coreUuid, InetSocketAddress calls) {
    Set<String> mine = new HashSet<>();
    try {
      for (ListedChannel channel : ListedChannel.listed(control.run("show", "channels as json"))) {
        String uuid = channel.uuid();
        if (channel.isInRoom() || !isUuid.test(uuid)) {
          continue;
        }
        Optional<Position> position = position(positions, uuid, coreUuid);
        if (position.isPresent() && !isHere.test(new CallId(uuid)) && underway.add(uuid)) {
          mine.add(uuid);
          // The dialplan may be connecting the call just now, which uses up the old position.
          control.run(
              "uuid_setvar",
              uuid
                  + " "
                  + Positions.VARIABLE
                  + " "
                  + positions.sign(uuid, coreUuid, position.get()));
          control.run("uuid_transfer", uuid + " " + "'" + applications(calls) + "'" + " inline");
        }
      }
      if (!mine.isEmpty()) {
        LOG.info("transferred calls of an earlier process to this host: {}", mine.size());
        time.after(ARRIVAL_TIMEOUT, "taken-back", () -> underway.removeAll(mine));
      }
    } catch (EslException e) {
      LOG.warn("cannot take back calls of an earlier process: {}", e.getMessage());
      // The next run, after a reconnect, must be able to transfer them.
      underway.removeAll(mine);
    }
  }

  private Optional<Position> position(Positions positions, String uuid, String coreUuid) {
    String position = control.run("uuid_getvar", uuid + " " + Positions.VARIABLE).strip();
    return positions.read(uuid, coreUuid, position);
  }

  /**
   * Returns the applications that FreeSWITCH runs after the transfer, as in the dialplan that we
   * ship (examples/freeswitch/dialplan/callflow.xml).
   */
  private String applications(InetSocketAddress calls) {
    String socket = "socket:" + calls.getHostString() + ":" + calls.getPort() + " async full";
    String again = "^" + "playback:%[playback_timeout_sec=3]" + music + "^" + socket;
    return "m:^:" + socket + again.repeat(RETRIES);
  }
}
