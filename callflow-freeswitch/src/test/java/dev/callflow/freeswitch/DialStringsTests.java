package dev.callflow.freeswitch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.callflow.conference.mixer.Bridge;
import dev.callflow.conference.mixer.DialOrder;
import dev.callflow.conference.mixer.DialTarget;
import dev.callflow.conference.mixer.RoomId;
import dev.callflow.core.call.CallId;
import dev.callflow.core.document.AccountId;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DialStringsTests {

  private static final InetSocketAddress CALLS =
      InetSocketAddress.createUnresolved("127.0.0.1", 8084);
  private static final DialTarget BOB = new DialTarget.Address("bob", "example.com", 0, false);

  private final DialStrings strings =
      new DialStrings(FreeSwitchOptions.of(CALLS, CALLS, "secret"), SwitchText.GUARDED);

  private String originate(DialTarget target, String name, Map<String, String> variables) {
    return strings.originate(
        new CallId("f00d"),
        new DialOrder(
            new RoomId(new AccountId("acme"), "board"),
            target,
            name,
            "5551212",
            "Bob Smith",
            Duration.ofSeconds(20),
            variables,
            Optional.empty()),
        CALLS);
  }

  @Test
  void theAnsweredLegIsHandedOverToUs() {
    assertThat(originate(BOB, "Board", Map.of("cav_foo", "b,ar baz")))
        .isEqualTo(
            "'{^^~origination_uuid=f00d~origination_caller_id_name=Board"
                + "~origination_caller_id_number=5551212~origination_callee_id_name=Bob Smith"
                + "~originate_timeout=20"
                + "~ignore_early_media=true~loopback_bowout=false~callflow_dialled=true"
                + "~sip_h_X-Callflow-Leg=f00d"
                + "~cav_foo=b,ar baz}sofia/internal/sip:bob@example.com'"
                + " '&socket(127.0.0.1:8084 async full)'");
  }

  @Test
  void variablesAreSeparatedByACharacterThatNoneContains() {
    assertThat(originate(BOB, "Board", Map.of("cav_foo", "1~api_on_originate=system id")))
        .startsWith("'{^^;origination_uuid=f00d;origination_caller_id_name=Board;")
        .contains(";cav_foo=1~api_on_originate=system id}sofia/");
    assertThat(originate(BOB, "~;!#", Map.of()))
        .startsWith("'{^^\u001forigination_uuid=f00d\u001forigination_caller_id_name=~;!#\u001f");
  }

  @Test
  void aBridgeCarriesTheTokenAndTheRole() {
    assertThat(strings.bridge(new Bridge("t0ken", "10.1.1.1:5060", "bridge", "s3cret", true)))
        .isEqualTo(
            "{^^~sip_auth_username=bridge~sip_auth_password=s3cret"
                + "~sip_h_X-Conf-Flags-Moderator=true~sip_h_X-Callflow-Bridge=t0ken"
                + "~originate_timeout=20}sofia/internal/sip:conference@10.1.1.1:5060");
    assertThat(new Bridge("t0ken", "10.1.1.1", "bridge", "s3cret", true).toString())
        .doesNotContain("s3cret")
        .doesNotContain("t0ken");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> strings.bridge(new Bridge("t", "a,b", "", "", false)));
  }

  @Test
  void eachKindOfTargetHasItsDialString() {
    assertThat(strings.target(new DialTarget.Address("bob", "example.com", 5070, true)))
        .isEqualTo("sofia/internal/sips:bob@example.com:5070");
    assertThat(strings.target(new DialTarget.Registered("desk", "acme.example.com")))
        .isEqualTo("sofia/internal/desk%acme.example.com");
    assertThat(strings.target(new DialTarget.Number("+15551212")))
        .isEqualTo("loopback/+15551212/callflow");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a'b", "a\\b", "a\nb", "${x}", "{a", "a}", "x:_:loopback/900555", "\u001f"})
  void aValueThatCouldBreakOutIsRefused(String value) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> originate(BOB, "Board", Map.of("cav_foo", value)))
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain(value));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> strings.bridge(new Bridge("t", "10.1.1.1", "u", value, false)))
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain(value));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "O'Neil,O Neil",
        "x:_:loopback/900555/default,x loopback/900555/default",
        "x}loopback/900555/default,x loopback/900555/default",
        "${system(id)},system(id)",
        "`say \"hi\" <sip:eve@example.com>`,say hi sip:eve@example.com",
        "Bürgeramt & Co + 1,Bürgeramt & Co + 1",
      })
  void aNameOfAPersonIsCleaned(String name, String shown) {
    assertThat(originate(BOB, name, Map.of()))
        .contains("~origination_caller_id_name=" + shown + "~");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a b",
        "a=b",
        "a,b",
        "",
        "api_on_originate",
        "execute_on_answer",
        "exec_after_bridge_app",
        "origination_uuid",
        "sip_h_X-Callflow-Bridge",
        "cav_a[0]",
        "CAV_a"
      })
  void anExternalVariableWithoutOurPrefixIsRefused(String name) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> originate(BOB, "Board", Map.of(name, "x")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "f00d,cav_x=1", "f00d}", "-all"})
  void anInvalidLegIdIsRefused(String id) {
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            strings.originate(
                new CallId(id),
                new DialOrder(
                    new RoomId(new AccountId("acme"), "board"),
                    BOB,
                    "",
                    "",
                    "",
                    Duration.ofSeconds(20),
                    Map.of(),
                    Optional.empty()),
                CALLS));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1 2", "1,2", "{1}", "alice", "1~a=b"})
  void anInvalidCallerNumberIsRefused(String number) {
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            strings.originate(
                new CallId("f00d"),
                new DialOrder(
                    new RoomId(new AccountId("acme"), "board"),
                    BOB,
                    "",
                    number,
                    "",
                    Duration.ofSeconds(20),
                    Map.of(),
                    Optional.empty()),
                CALLS));
  }

  @ParameterizedTest
  @CsvSource({
    "bob,{x=y}example.com",
    "bob,'a,sofia/b'",
    "bob|eve,example.com",
    "b ob,example.com",
    "[x=y]bob,example.com",
    "bob,example..com",
    "'',example.com",
    "bob,''"
  })
  void anInvalidAddressIsRefused(String user, String host) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new DialTarget.Address(user, host, 0, false));
    assertThatIllegalArgumentException().isThrownBy(() -> new DialTarget.Registered(user, host));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "12 34", "1,2", "12/default", "abc", "1&park"})
  void anInvalidNumberIsRefused(String number) {
    assertThatIllegalArgumentException().isThrownBy(() -> new DialTarget.Number(number));
  }
}
