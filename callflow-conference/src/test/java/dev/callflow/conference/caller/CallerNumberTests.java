package dev.callflow.conference.caller;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallerNumberTests {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "4930123456",
        "+4930123456",
        "004930123456",
        "+49 30 123456",
        "+49 (0)30 123456",
        "+49 (30) 123-456",
        "+49.30.123456",
        "+49/30/123456",
        "+49\u00a030\u2011123456",
        "sip:+4930123456@example.com",
        "SIPS:+4930123456:5061@example.com;transport=tls",
        "tel:+49-30-123456;phone-context=example.com",
        "\"Bob\" <sip:+4930123456@example.com>;tag=1",
        "%2B4930123456",
        "+4930123456@192.0.2.1",
        "\uff0b\uff14\uff19\uff13\uff10\uff11\uff12\uff13\uff14\uff15\uff16",
        "+\u0664\u0669\u0663\u0660\u0661\u0662\u0663\u0664\u0665\u0666",
        " 4930123456 "
      })
  void allFormsOfANumberHaveTheSameSpelling(String number) {
    assertThat(CallerNumber.spelling(number)).isEqualTo("4930123456");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "anonymous",
        "Anonymous",
        "sip:anonymous@anonymous.invalid",
        "Restricted",
        "unavailable",
        "UNKNOWN",
        "_undef_",
        "+",
        "sip:@example.com"
      })
  void aWithheldNumberIsEmpty(String number) {
    assertThat(CallerNumber.spelling(number)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"alice", "Alice", "sip:alice@example.com", "alice@example.org"})
  void aNameIsInLowerCaseAndWithoutItsHost(String number) {
    assertThat(CallerNumber.spelling(number)).isEqualTo("alice");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1001", "+1001", "1001@pbx.example.com"})
  void anExtensionIsKeptAsItIs(String number) {
    assertThat(CallerNumber.spelling(number)).isEqualTo("1001");
  }

  @ParameterizedTest
  @ValueSource(ints = {65, 1_000, 1_000_000})
  void ofALongNumberOnlySixtyFourCharactersAreKept(int length) {
    assertThat(CallerNumber.spelling("9".repeat(length))).hasSize(64);
  }
}
