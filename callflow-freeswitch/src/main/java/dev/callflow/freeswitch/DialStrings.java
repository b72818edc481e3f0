package dev.callflow.freeswitch;

import dev.callflow.conference.mixer.Bridge;
import dev.callflow.conference.mixer.DialOrder;
import dev.callflow.conference.mixer.DialTarget;
import dev.callflow.core.call.CallId;
import dev.callflow.freeswitch.SwitchText.Word;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Writes the dial strings for {@code originate} and {@code bridge}; no other class does so. {@link
 * SwitchText} checks each part.
 */
final class DialStrings {

  /** The channel variable that marks a leg as dialled by a room. */
  static final String DIALLED = "callflow_dialled";

  /**
   * The channel variable that holds the SIP header by which a leg from another switch is
   * identified.
   */
  static final String BRIDGE = "sip_h_X-Callflow-Bridge";

  /**
   * The channel variable that holds the SIP header with the id of a dialled leg. A call that
   * arrives with it is the far end of that leg.
   */
  static final String FAR_END_OF = "sip_h_X-Callflow-Leg";

  private static final String MODERATOR = "sip_h_X-Conf-Flags-Moderator";

  private static final int BRIDGE_TIMEOUT_SECONDS = 20;

  private final FreeSwitchOptions options;
  private final SwitchText text;

  DialStrings(FreeSwitchOptions options, SwitchText text) {
    this.options = options;
    this.text = text;
  }

  /**
   * Returns the argument of {@code bridge} for a room on another switch
   * (docs/spec/conference.md#several-switches).
   */
  String bridge(Bridge bridge) {
    Map<String, String> variables = new LinkedHashMap<>();
    if (!bridge.username().isEmpty()) {
      variables.put("sip_auth_username", bridge.username());
      variables.put("sip_auth_password", bridge.password());
    }
    variables.put(MODERATOR, String.valueOf(bridge.moderator()));
    variables.put(BRIDGE, bridge.token());
    variables.put("originate_timeout", String.valueOf(BRIDGE_TIMEOUT_SECONDS));
    return text.dialString(
        variables, sofia() + "sip:conference@" + text.word(Word.HOST_AND_PORT, bridge.address()));
  }

  /**
   * Returns the arguments of {@code originate}, which make FreeSWITCH hand over the answered leg
   * like an incoming call.
   */
  String originate(CallId leg, DialOrder order, InetSocketAddress calls) {
    Map<String, String> variables = new LinkedHashMap<>();
    variables.put("origination_uuid", text.word(Word.NEW_LEG, leg.value()));
    String name = text.humanName(order.callerName());
    if (!name.isEmpty()) {
      variables.put("origination_caller_id_name", name);
    }
    if (!order.callerNumber().isEmpty()) {
      variables.put("origination_caller_id_number", text.word(Word.NUMBER, order.callerNumber()));
    }
    // FreeSWITCH swaps caller and callee when a dialled leg enters a room, so that this is the name
    // of
    // the member.
    String callee = text.humanName(order.calleeName());
    if (!callee.isEmpty()) {
      variables.put("origination_callee_id_name", callee);
    }
    variables.put("originate_timeout", String.valueOf(order.ringTimeout().toSeconds()));
    // Early media must not count as an answer, and a loopback leg must keep its uuid.
    variables.put("ignore_early_media", "true");
    variables.put("loopback_bowout", "false");
    variables.put(DIALLED, "true");
    if (!(order.target() instanceof DialTarget.Number)) {
      variables.put(FAR_END_OF, text.word(Word.NEW_LEG, leg.value()));
    }
    variables.putAll(text.externalVariables(order.variables()));
    return text.quoted(text.dialString(variables, target(order.target())))
        + " "
        + text.quoted("&socket(" + calls.getHostString() + ":" + calls.getPort() + " async full)");
  }

  String target(DialTarget target) {
    return switch (target) {
      case DialTarget.Address(String user, String host, int port, boolean secure) ->
          sofia()
              + (secure ? "sips:" : "sip:")
              + text.word(Word.SIP_USER, user)
              + "@"
              + text.word(Word.HOST, host)
              + (port == 0 ? "" : ":" + port);
      // The percent sign makes the profile look up the telephone's registration.
      case DialTarget.Registered(String user, String realm) ->
          sofia() + text.word(Word.SIP_USER, user) + "%" + text.word(Word.HOST, realm);
      case DialTarget.Number(String number) ->
          "loopback/" + text.word(Word.NUMBER, number) + "/" + options.dialContext();
    };
  }

  private String sofia() {
    return "sofia/" + options.sipProfile() + "/";
  }
}
