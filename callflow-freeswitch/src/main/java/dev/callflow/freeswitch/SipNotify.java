package dev.callflow.freeswitch;

import dev.callflow.esl.message.EslCommand;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Writes the SIP NOTIFY by which a telephone is told a room's variables (spec 6.4). It is sent out
 * of dialog: within one FreeSWITCH drops headers that are not its own.
 */
final class SipNotify {

  private final FreeSwitchOptions options;

  SipNotify(FreeSwitchOptions options) {
    this.options = options;
  }

  /**
   * Writes the command.
   *
   * @param contact where the telephone is: user, host and perhaps port
   * @param variables names of letters, digits and {@code _}, values of one line without {@code ;}
   * @return the command; empty if the telephone or a variable cannot be written
   */
  Optional<EslCommand> command(String contact, Map<String, String> variables) {
    boolean bad =
        variables.entrySet().stream()
            .anyMatch(it ->
                !it.getKey().matches("[A-Za-z0-9_]{1,64}")
                    || it.getValue().chars().anyMatch(c -> c < ' ' || c == 0x7f || c == ';'));
    if (bad || !contact.matches("[A-Za-z0-9._+*#-]{1,64}@[A-Za-z0-9.-]{1,253}(:\\d{1,5})?")) {
      return Optional.empty();
    }
    String pairs =
        String.join(
            ";",
            new TreeMap<>(variables)
                .entrySet().stream().map(it -> it.getKey() + "=" + it.getValue()).toList());
    return Optional.of(
        new EslCommand.SendEvent(
            "NOTIFY",
            Map.of(
                "profile",
                options.sipProfile(),
                "to-uri",
                "sip:" + contact,
                "from-uri",
                "sip:conference@" + options.control().getHostString(),
                "event-string",
                "conference-vars",
                "content-type",
                "text/plain",
                "extra-headers",
                "X-Conference-Vars: " + pairs),
            ""));
  }
}
