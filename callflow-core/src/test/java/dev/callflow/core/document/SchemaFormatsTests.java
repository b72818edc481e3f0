package dev.callflow.core.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The formats of JSON Schema, which schemas of own elements may use. Libraries of the validator
 * that no format needs are excluded in the root pom.xml.
 */
class SchemaFormatsTests {

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          date,                  2026-11-24,           24.11.2026
          date-time,             2026-11-24T10:00:00Z, 2026-11-24
          time,                  10:00:00Z,            noon
          email,                 alice@example.com,    alice
          email,                 a.b+c@localhost,      a b@example.com
          email,                 alice@192.0.2.1,      alice@
          hostname,              example.com,          -example-
          hostname,              pbx,                  pbx.
          hostname,              4.example.com,        a_b.example.com
          ipv4,                  192.0.2.1,            192.0.2.256
          ipv4,                  0.0.0.0,              192.0.2
          ipv4,                  255.255.255.255,      192.0.02.1
          ipv6,                  2001:db8::1,          2001:db8
          ipv6,                  ::,                   2001:db8::1::2
          ipv6,                  ::ffff:192.0.2.1,     fe80::1%eth0
          ipv6,                  fe80::1,              [fe80::1]
          uri,                   https://example.com,  //example.com
          uri-reference,         ../prompts,           a b
          json-pointer,          /flow/data,           flow
          relative-json-pointer, 1/data,               /data
          regex,                 ^1[0-9]*$,            ^1[0-9
          """)
  void aValueIsCheckedAgainstItsFormat(String format, String good, String bad) {
    DocumentSchema schema = schema(format);
    assertThat(schema.check(Json.object().put("value", good))).isEmpty();
    assertThat(schema.check(Json.object().put("value", bad))).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"uri-template", "idn-email", "a-format-of-my-own"})
  void anyValueOfAnotherFormatIsAccepted(String format) {
    assertThat(schema(format).check(Json.object().put("value", "/rooms/{id"))).isEmpty();
  }

  private static DocumentSchema schema(String format) {
    return DocumentSchema.load(
        "test",
        new ByteArrayInputStream(
            "{\"properties\":{\"value\":{\"type\":\"string\",\"format\":\"%s\"}}}"
                .formatted(format)
                .getBytes(StandardCharsets.UTF_8)));
  }
}
