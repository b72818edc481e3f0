package dev.callflow.freeswitch;

import dev.callflow.core.call.CallId;
import dev.callflow.core.call.Position;
import dev.callflow.core.document.Json;
import dev.callflow.core.time.TimeSource;
import dev.callflow.esl.error.EslException;
import dev.callflow.freeswitch.SwitchText.Word;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Takes back the calls that an earlier process was handling outside of rooms: sends each to this
 * host again. Members of rooms are left where they are: a room may end when a member leaves it.
 */
final class TakeBack {

  private static final Logger LOG = LoggerFactory.getLogger(TakeBack.class);

  /** How often the dialplan tries the host again after another loss, three seconds apart. */
  private static final int RETRIES = 10;

  /** Runs a command on the control connection and returns its answer. */
  interface Control {
    String run(String command, String arguments);
  }

  private static final Duration ARRIVAL_TIMEOUT = Duration.ofSeconds(5);

  private final Control control;
  private final FreeSwitchOptions options;
  private final SwitchText text;
  private final TimeSource time;
  private final Predicate<CallId> isHere;

  /** The calls that have just been transferred, and must not be transferred twice. */
  private final Set<String> underway = ConcurrentHashMap.newKeySet();

  /**
   * @param isHere whether a call has a connection, or is an adopted member
   */
  TakeBack(
      Control control,
      FreeSwitchOptions options,
      SwitchText text,
      TimeSource time,
      Predicate<CallId> isHere) {
    this.control = control;
    this.options = options;
    this.text = text;
    this.time = time;
    this.isHere = isHere;
  }

  /**
   * Takes back every call that has a valid position; blocks while it does.
   *
   * @param positions reads positions
   * @param coreUuid this run of FreeSWITCH
   * @param calls where this host takes calls
   */
  void run(Positions positions, String coreUuid, InetSocketAddress calls) {
    Set<String> mine = new HashSet<>();
    try {
      for (String uuid : outside(control.run("show", "channels as json"))) {
        Optional<Position> position = position(positions, uuid, coreUuid);
        if (position.isPresent() && !isHere.test(new CallId(uuid)) && underway.add(uuid)) {
          mine.add(uuid);
          // The dialplan may connect the call at this moment, which uses the old position.
          control.run(
              "uuid_setvar",
              uuid
                  + " "
                  + Positions.VARIABLE
                  + " "
                  + positions.sign(uuid, coreUuid, position.get()));
          control.run("uuid_transfer", uuid + " " + text.quoted(applications(calls)) + " inline");
        }
      }
      if (!mine.isEmpty()) {
        LOG.info("{} calls of an earlier process are taken back", mine.size());
        time.after(ARRIVAL_TIMEOUT, "taken-back", () -> underway.removeAll(mine));
      }
    } catch (EslException e) {
      LOG.warn("calls of an earlier process are not taken back: {}", e.getMessage());
    }
  }

  private Optional<Position> position(Positions positions, String uuid, String coreUuid) {
    String position = control.run("uuid_getvar", uuid + " " + Positions.VARIABLE).strip();
    return positions.read(uuid, coreUuid, position);
  }

  /** The channels that are in no room. */
  private List<String> outside(String listing) {
    List<String> channels = new ArrayList<>();
    try {
      for (JsonNode channel : Json.read(listing).path("rows").values()) {
        String uuid = channel.path("uuid").asString("");
        if (text.isWord(Word.LEG, uuid)
            && !channel.path("application").asString("").equals("conference")) {
          channels.add(uuid);
        }
      }
    } catch (JacksonException e) {
      LOG.warn("calls of an earlier process are not taken back: the list of channels is no JSON");
    }
    return channels;
  }

  /** The applications of the dialplan that we ship (examples/freeswitch/dialplan/callflow.xml). */
  String applications(InetSocketAddress calls) {
    String socket = "socket:" + calls.getHostString() + ":" + calls.getPort() + " async full";
    String again =
        "^" + "playback:%[playback_timeout_sec=3]" + text.file(options.holdMusic()) + "^" + socket;
    return "m:^:" + socket + again.repeat(RETRIES);
  }
}
