package dev.callflow.core.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DestinationRulesTests {

  private static final DestinationRules STANDARD = DestinationRules.standard();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1002",
        "100",
        "*97",
        "1900",
        "*3700",
        "0301234567",
        "07700900123",
        "12125551212",
        "911",
        "112",
        "no-reply",
        "alice",
        "conference",
        "bob2",
        "a1b2c3"
      })
  void ordinaryNumbersMayBeCalled(String number) {
    assertThat(STANDARD.number(number)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // international, in the spellings of several countries
        "+442079460000",
        "00442079460000",
        "011442079460000",
        "0011442079460000",
        "+0044207946000",
        "000442079460000",
        "++442079460000",
        "+",
        "00",
        // separators
        "0 0 442079460000",
        "0-0-4-4-2079460000",
        "0.0.44.2079460000",
        "(00)44 2079460000",
        "0/0442079460000",
        "0_0442079460000",
        "0\u00a00442079460000",
        "0\u200b0442079460000",
        "0\u20110442079460000",
        "0\t0442079460000",
        "0\u00000442079460000",
        "\u00ad00442079460000",
        // other digits and signs
        "\u0660\u0660442079460000",
        "\uff10\uff10442079460000",
        "\uff0b442079460000",
        "\u0966\u0966442079460000",
        "\ufe62442079460000",
        "\u207a442079460000",
        "\ud835\udfce\ud835\udfce442079460000",
        // URIs, parameters, escapes
        "tel:+442079460000",
        "TEL:00442079460000",
        "sip:+442079460000",
        "tel://00442079460000",
        "1002;ext=00442079460000",
        "1002;phone-context=+442079460000",
        "1002,00442079460000",
        "1002=00442079460000",
        "1002&00442079460000",
        "%2B442079460000",
        "%30%30442079460000",
        "%2530%2530442079460000",
        "1002x00442079460000",
        "1002ext00442079460000",
        "1002@00442079460000",
        // star codes
        "*67+442079460000",
        "*6700442079460000",
        "#31#00442079460000",
        "**00442079460000",
        "*67*00442079460000",
        "*00442079460000",
        "*821900555123",
        "1+442079460000",
        // premium rate
        "+19005551234",
        "19005551234",
        "1900FLOWERS",
        "1-900-FLOWERS",
        "0900123456",
        "0190123456",
        "+49900123456",
        "+8821234567",
        "+979123456789",
        "+881612345678",
        "0 1 9 0 1 2 3 4 5 6"
      })
  void internationalAndPremiumNumbersAreRefusedInEverySpelling(String number) {
    assertThat(STANDARD.number(number)).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "+442079460000",
        "00442079460000",
        "0.0442079460000",
        "user00442079460000",
        "9.0.0.442079460000",
        "442079460000",
        "19005551234",
        "1900-FLOWERS",
        "*6700442079460000",
        "+44-20.7946_0000",
        "0011442079460000"
      })
  void theUserOfASipAddressIsNoWayAroundTheRules(String user) {
    assertThat(STANDARD.address(user, "gateway.example.com")).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"alice", "1002", "bob.smith", "alice-2", "2079460000", "c0ffee00c0ffee00"})
  void otherSipAddressesMayBeCalled(String user) {
    assertThat(STANDARD.address(user, "example.com")).isEmpty();
  }

  @Test
  void onlyTheAllowedSipHostsMayBeCalledIfThereAreAny() {
    DestinationRules rules =
        new DestinationRules(
            List.of(), List.of(), List.of(), Optional.of(List.of("Partner.example.com")), true);

    assertThat(rules.address("alice", "partner.EXAMPLE.com")).isEmpty();
    assertThat(rules.address("alice", "gateway.example.com").orElseThrow().rule())
        .isEqualTo("allowed_sip_hosts");
    assertThat(rules.address("0044207946000", "partner.example.com")).isPresent();
  }

  @Test
  void anAllowedPrefixOpensACountryInAllSpellings() {
    DestinationRules rules = rules(List.of("0044"), List.of());

    assertThat(rules.number("+442079460000")).isEmpty();
    assertThat(rules.number("00442079460000")).isEmpty();
    assertThat(rules.number("011 44 2079460000")).isEmpty();
    assertThat(rules.number("+4930123456")).isPresent();
    assertThat(rules.number("+449012345678")).as("premium rate").isPresent();
  }

  @Test
  void aNumberWithTwoMeaningsIsAllowedOnlyIfBothAre() {
    // In Australia 0011 is followed by a country code; elsewhere 00 is, and 11 belongs to +1.
    assertThat(rules(List.of("+1"), List.of()).number("001144207946000")).isPresent();
    assertThat(rules(List.of("+1", "+44"), List.of()).number("001144207946000")).isEmpty();
  }

  @Test
  void anAreaCodeThatLooksInternationalCanBeAllowed() {
    assertThat(STANDARD.number("01134960000")).isPresent();
    assertThat(rules(List.of("0113"), List.of()).number("01134960000")).isEmpty();
  }

  @Test
  void theLongestPrefixDecides() {
    DestinationRules rules = rules(List.of("+1", "+1900555"), List.of("+1876", "+18765550"));

    assertThat(rules.number("+12125551212")).isEmpty();
    assertThat(rules.number("+18761234567").orElseThrow().rule()).isEqualTo("forbidden_prefixes");
    assertThat(rules.number("+19001234567").orElseThrow().rule()).isEqualTo("premium_prefixes");
    assertThat(rules.number("+19005551234")).isEmpty();
  }

  @Test
  void betweenEqualPrefixesTheForbiddenOneDecides() {
    assertThat(rules(List.of("+1876"), List.of("+1876")).number("+18761234567")).isPresent();
    assertThat(rules(List.of("0900"), List.of()).number("0900123456")).isEmpty();
  }

  @Test
  void aPlusAllowsAllCountriesButNoPremiumNumbers() {
    DestinationRules rules = rules(List.of("+"), List.of());

    assertThat(rules.number("0049 30 123456")).isEmpty();
    assertThat(rules.number("0049 900 123456")).isPresent();
    assertThat(rules.number("0000881612345678")).isPresent();
  }

  @Test
  void aRefusalNamesItsSettingButNotTheNumber() {
    DestinationRefusal refusal = STANDARD.number("+19005551234").orElseThrow();

    assertThat(refusal.message())
        .isEqualTo("destinations that begin with +1900 are not allowed (premium_prefixes)");
    assertThat(STANDARD.number("+442079460000").orElseThrow().message())
        .contains("allowed_prefixes")
        .doesNotContain("2079460000");
  }

  private static DestinationRules rules(List<String> allowed, List<String> forbidden) {
    return new DestinationRules(allowed, forbidden, STANDARD.premium(), Optional.empty(), true);
  }
}
