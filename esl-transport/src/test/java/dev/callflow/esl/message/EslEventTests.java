package dev.callflow.esl.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EslEventTests {

  private static final String PLAIN =
      """
      Event-Name: CUSTOM
      Event-Subclass: conference%3A%3Amaintenance
      variable_name: J%C3%BCrgen%20%22M%22
      X-List: ARRAY%3A%3Aa%7C%3Ab
      Empty: _undef_
      Content-Length: 5

      a
      b
      """;

  private static final String JSON =
      """
      {"Event-Name":"CUSTOM","Event-Subclass":"conference::maintenance",
       "variable_name":"Jürgen \\"M\\"","X-List":["a","b"],"Empty":"_undef_",
       "Content-Length":"5","_body":"a\\nb\\n"}\
      """;

  private static final String XML =
      """
      <event>
        <headers>
          <Event-Name>CUSTOM</Event-Name>
          <Event-Subclass>conference%3A%3Amaintenance</Event-Subclass>
          <variable_name>J%C3%BCrgen%20%22M%22</variable_name>
          <X-List>a</X-List>
          <X-List>b</X-List>
        </headers>
        <Content-Length>5</Content-Length>
        <body>a
      b
      </body>
      </event>\
      """;

  @Test
  void plainJsonAndXmlGiveTheSameEvent() {
    for (EslEvent event :
        new EslEvent[] {
          event(EslEvent.Format.PLAIN, PLAIN),
          event(EslEvent.Format.JSON, JSON),
          event(EslEvent.Format.XML, XML)
        }) {
      assertThat(event.name()).isEqualTo("CUSTOM");
      assertThat(event.subclass()).isEqualTo("conference::maintenance");
      assertThat(event.variable("NAME")).contains("Jürgen \"M\"");
      assertThat(event.headers("x-list")).containsExactly("a", "b");
      assertThat(event.body()).isEqualTo("a\nb\n");
      assertThat(event.header("Nothing")).isEmpty();
    }
  }

  @Test
  void percentSignsThatEncodeNothingAreKept() {
    EslEvent event = event(EslEvent.Format.PLAIN, "A: 100%\nB: %4\nC: %zz+\n\n");
    assertThat(event.asMap()).containsEntry("A", "100%").containsEntry("B", "%4");
    assertThat(event.header("C")).contains("%zz+");
  }

  @Test
  void aRepeatedHeaderKeepsAllValuesAndReturnsTheFirst() {
    EslEvent event = event(EslEvent.Format.PLAIN, "a: 1\nA: 2\n\n");
    assertThat(event.header("A")).contains("1");
    assertThat(event.headers("a")).containsExactly("1", "2");
  }

  @Test
  void invalidUtf8IsReplaced() {
    byte[] json = "{\"Event-Name\":\"X\",\"A\":\"?\"}".getBytes(StandardCharsets.UTF_8);
    json[json.length - 3] = (byte) 0xff;
    EslEvent event = EslEvent.of(EslEvent.Format.JSON, json);
    assertThat(event.name()).isEqualTo("X");
    assertThat(event.header("A")).contains("\ufffd");
  }

  @Test
  void jsonMayRepeatKeys() {
    EslEvent event =
        event(EslEvent.Format.JSON, "{\"Content-Length\":\"3\",\"Content-Length\":\"4\"}");
    assertThat(event.headers("content-length")).containsExactly("3", "4");
  }

  @Test
  void jsonValuesAreReadExactly() {
    EslEvent event =
        event(
            EslEvent.Format.JSON,
            """
            {"A":"100%41","B":" a\\n\\tb: c\\\\","C":"\\u00fc\\ud83d\\ude00\\/","D":"","E":null,
             "F":-1.5, "G" : true,"H":["x",["y"],"z"],"I":{"A":"]}"},"J":[],"K\\nA":"v","_body":"%\\n\\n"}
            """);
    assertThat(event.asMap())
        .containsEntry("A", "100%41")
        .containsEntry("B", " a\n\tb: c\\")
        .containsEntry("C", "ü😀/")
        .containsEntry("D", "")
        .containsEntry("E", "")
        .containsEntry("F", "-1.5")
        .containsEntry("G", "true")
        .doesNotContainKeys("I", "J", "Callflow-Malformed")
        .containsEntry("K%0AA", "v");
    assertThat(event.headers("H")).containsExactly("x", "z");
    assertThat(event.body()).isEqualTo("%\n\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "[]",
        "{",
        "{\"A\"",
        "{\"A\":\"1\",}",
        "{\"A\":\"\\u12\"}",
        "{\"A\":\"\\x\"}",
        "{\"A\":[\"1\"",
        "{\"A\":{\"B\":\"1\"",
        "{\"A\":}",
        "{\"A\" \"1\"}"
      })
  void otherBrokenJsonIsMarkedToo(String json) {
    assertThat(event(EslEvent.Format.JSON, json).header("Callflow-Malformed")).contains("json");
  }

  @Test
  void xmlCannotReadFiles() {
    EslEvent event =
        event(
            EslEvent.Format.XML,
            "<!DOCTYPE e [<!ENTITY x SYSTEM \"file:///etc/hostname\">]>"
                + "<event><headers><A>&x;</A></headers></event>");
    assertThat(event.header("A").orElse("")).isEmpty();
  }

  @Test
  void anEventWithAnInvalidDocumentTypeIsMarked() {
    EslEvent event =
        event(EslEvent.Format.XML, "<!DOCTYPE x [UBLIC \"\" \"http://foo\">\u0018\u00ff");
    assertThat(event.header("Callflow-Malformed")).contains("xml");
  }

  @Test
  void brokenJsonIsMarkedAndKeepsTheHeadersBeforeTheError() {
    EslEvent event = event(EslEvent.Format.JSON, "{\"Event-Name\":\"X\",\"B\":");
    assertThat(event.name()).isEqualTo("X");
    assertThat(event.header("Callflow-Malformed")).contains("json");
  }

  private static EslEvent event(EslEvent.Format format, String text) {
    return EslEvent.of(format, text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void aHeaderNameMayBeNonAsciiButNotSpanTwoLines() {
    EslEvent event =
        EslEvent.of(
            EslEvent.Format.PLAIN,
            "variable_größe: 7\nA: 1\nB: 2\n\n".getBytes(java.nio.charset.StandardCharsets.UTF_8));

    assertThat(event.variable("größe")).hasValue("7");
    assertThat(event.header("Ł")).isEmpty();
    assertThat(event.header("A: 1\nB")).isEmpty();
    assertThat(event.is("7")).isFalse();
  }
}
