package dev.callflow.freeswitch;

import dev.callflow.conference.room.Bridge;
import dev.callflow.conference.room.DialOrder;
import dev.callflow.conference.room.DialTarget;
import dev.callflow.core.call.CallId;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Writes what {@code originate} calls: the only place that does. A dial string is put together of
 * typed parts, each of which holds only what its type allows; variables are quoted, and those that
 * could end the quotes are refused.
 */
final class DialStrings {

  /** By this variable an answered leg is known as one that a room has dialled. */
  static final String DIALLED = "callflow_dialled";

  private final FreeSwitchOptions options;

  DialStrings(FreeSwitchOptions options) {
    this.options = options;
  }

  /** The header, as a channel variable, by which a leg from another switch is known. */
  static final String BRIDGE = "sip_h_X-Callflow-Bridge";

  private static final String MODERATOR = "sip_h_X-Conf-Flags-Moderator";

  private static final int LONGEST_BRIDGE_SECONDS = 20;

  /** The argument of {@code bridge}: to a room on another switch (spec 2.13). */
  String bridge(Bridge way) {
    if (!way.address().matches("[A-Za-z0-9]([A-Za-z0-9.-]{0,252})(:[0-9]{1,5})?")) {
      throw new IllegalArgumentException("not the address of a switch");
    }
    Map<String, String> variables = new LinkedHashMap<>();
    if (!way.username().isEmpty()) {
      variables.put("sip_auth_username", way.username());
      variables.put("sip_auth_password", way.password());
    }
    variables.put(MODERATOR, String.valueOf(way.moderator()));
    variables.put(BRIDGE, way.token());
    variables.put("originate_timeout", String.valueOf(LONGEST_BRIDGE_SECONDS));
    return variables(variables)
        + "sofia/"
        + options.sipProfile()
        + "/sip:conference@"
        + way.address();
  }

  /** The arguments of {@code originate}; the answered leg is handed to us, as a caller is. */
  String originate(CallId leg, DialOrder order, InetSocketAddress calls) {
    Map<String, String> variables = new LinkedHashMap<>();
    variables.put("origination_uuid", leg.value());
    if (!order.callerName().isEmpty()) {
      variables.put("origination_caller_id_name", order.callerName());
    }
    if (!order.callerNumber().isEmpty()) {
      variables.put("origination_caller_id_number", order.callerNumber());
    }
    variables.put("originate_timeout", String.valueOf(order.patience().toSeconds()));
    // Early media of the far end is not its answer; a loopback leg must keep its uuid.
    variables.put("ignore_early_media", "true");
    variables.put("loopback_bowout", "false");
    variables.put(DIALLED, "true");
    variables.putAll(order.variables());
    return variables(variables)
        + target(order.target())
        + " '&socket("
        + calls.getHostString()
        + ":"
        + calls.getPort()
        + " async full)'";
  }

  private static String variables(Map<String, String> variables) {
    StringBuilder all = new StringBuilder("{");
    variables.forEach((name, value) -> {
      if (!name.matches("[A-Za-z0-9_-]{1,80}") || !isSafe(value)) {
        throw new IllegalArgumentException("not a variable of a dial string: " + name);
      }
      all.append(all.length() == 1 ? "" : ",").append(name).append("='").append(value).append('\'');
    });
    return all.append('}').toString();
  }

  private static boolean isSafe(String value) {
    return ChannelVariables.isSafe(value) && value.indexOf('{') < 0 && value.indexOf('}') < 0;
  }

  String target(DialTarget target) {
    return switch (target) {
      case DialTarget.Address(String user, String host, int port, boolean secure) ->
          "sofia/"
              + options.sipProfile()
              + "/"
              + (secure ? "sips:" : "sip:")
              + user
              + "@"
              + host
              + (port == 0 ? "" : ":" + port);
      // The percent sign has the profile look for where the telephone has registered.
      case DialTarget.Registered(String user, String realm) ->
          "sofia/" + options.sipProfile() + "/" + user + "%" + realm;
      case DialTarget.Number(String number) -> "loopback/" + number + "/" + options.dialContext();
    };
  }
}
