package dev.callflow.freeswitch;

import dev.callflow.core.call.CallId;
import dev.callflow.core.document.Json;
import dev.callflow.esl.error.EslException;
import dev.callflow.freeswitch.SwitchText.Word;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
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

  private final Control control;
  private final FreeSwitchOptions options;
  private final SwitchText text;
  private final Predicate<CallId> isHere;

  /**
   * @param isHere whether a call has a connection, or is an adopted member
   */
  TakeBack(
      Control control, FreeSwitchOptions options, SwitchText text, Predicate<CallId> isHere) {
    this.control = control;
    this.options = options;
    this.text = text;
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
    try {
      int count = 0;
      for (String uuid : outside(control.run("show", "channels as json"))) {
        if (!isHere.test(new CallId(uuid)) && hasPosition(positions, uuid, coreUuid)) {
          control.run("uuid_transfer", uuid + " " + text.quoted(applications(calls)) + " inline");
          count++;
        }
      }
      if (count > 0) {
        LOG.info("{} calls of an earlier process are taken back", count);
      }
    } catch (EslException e) {
      LOG.warn("calls of an earlier process are not taken back: {}", e.getMessage());
    }
  }

  private boolean hasPosition(Positions positions, String uuid, String coreUuid) {
    String position = control.run("uuid_getvar", uuid + " " + Positions.VARIABLE).strip();
    return positions.read(uuid, coreUuid, position).isPresent();
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
