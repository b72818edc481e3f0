package dev.callflow.freeswitch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.esl.message.EslCommand;
import java.net.InetSocketAddress;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SipNotifyTests {

  private static final InetSocketAddress SWITCH =
      InetSocketAddress.createUnresolved("10.0.0.1", 8021);

  private final SipNotify notify =
      new SipNotify(FreeSwitchOptions.of(SWITCH, SWITCH, "secret"), SwitchText.GUARDED);

  @Test
  void theVariablesAreSentInOneHeader() {
    assertThat(notify.command("alice@10.0.0.9:5062", Map.of("topic", "Budget 2027", "a", "1")))
        .contains(
            new EslCommand.SendEvent(
                "NOTIFY",
                Map.of(
                    "profile", "internal",
                    "to-uri", "sip:alice@10.0.0.9:5062",
                    "from-uri", "sip:conference@10.0.0.1",
                    "event-string", "conference-vars",
                    "content-type", "text/plain",
                    "extra-headers", "X-Conference-Vars: a=1;topic=Budget 2027"),
                ""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a;b=c", "a\nX-Evil: 1", "a\rb"})
  void aValueThatCouldBecomeSeveralIsNotSent(String value) {
    assertThat(notify.command("alice@10.0.0.9", Map.of("topic", value))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "alice", "alice@10.0.0.9;transport=tcp\nx", "a b@c", "a@b:123456"})
  void anInvalidContactIsNotNotified(String contact) {
    assertThat(notify.command(contact, Map.of("topic", "Budget"))).isEmpty();
  }
}
