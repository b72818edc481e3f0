package dev.callflow.freeswitch;

import dev.callflow.esl.message.EslCommand;
import dev.callflow.freeswitch.SwitchText.Word;
import java.util.Map;
import java.util.Optional;

/**
 * Writes the SIP NOTIFY that sends a room's variables to a telephone
 * (docs/spec/api.md#conference-actions). It is sent outside the call's dialog, because FreeSWITCH
 * drops custom headers inside a dialog.
 */
final class SipNotify {

  private final FreeSwitchOptions options;
  private final SwitchText text;

  SipNotify(FreeSwitchOptions options, SwitchText text) {
    this.options = options;
    this.text = text;
  }

  /**
   * Writes the command.
   *
   * @param contact the telephone's contact: user, host and optional port
   * @param variables the variables; names may contain letters, digits and {@code _}; values must be
   *     single lines without {@code ;}
   * @return the command; empty if the contact or a variable is not allowed
   */
  Optional<EslCommand> command(String contact, Map<String, String> variables) {
    Optional<String> pairs = text.headerList(variables);
    if (pairs.isEmpty() || !text.isWord(Word.CONTACT, contact)) {
      return Optional.empty();
    }
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
                "X-Conference-Vars: " + pairs.get()),
            ""));
  }
}
