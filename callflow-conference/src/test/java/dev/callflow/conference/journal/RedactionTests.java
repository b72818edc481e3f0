package dev.callflow.conference.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.core.document.Json;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class RedactionTests {

  private final Redaction masking = new Redaction(true);
  private final Redaction open = new Redaction(false);

  @Test
  void aNumberIsAlwaysMaskedByTheSameNumber() {
    String masked = masking.number("+1 555-0100");

    assertThat(masked).isNotEqualTo("+1 555-0100").matches("\\+\\d \\d{3}-\\d{4}");
    assertThat(masking.number("+1 555-0100")).isEqualTo(masked);
  }

  @Test
  void numbersAndNamesAreKeptUnlessMaskingIsOn() {
    assertThat(open.number("5550100")).isEqualTo("5550100");
    assertThat(open.name("Alice")).isEqualTo("Alice");
    assertThat(masking.name("Alice")).isEmpty();
  }

  @Test
  void pinsAndPasswordsOfADialAreAlwaysMasked() {
    ObjectNode dial =
        Json.readObject(
            """
            {"request": {"settings": {"member": {"pins": ["1234", "1234"]}},
             "endpoints": [{"number": "2000", "password": "s3cret"}]}}
            """);

    String written = open.action(dial).toString();

    assertThat(written).doesNotContain("1234").doesNotContain("s3cret").contains("2000");
    assertThat(dial.at("/request/settings/member/pins/0"))
        .isEqualTo(dial.at("/request/settings/member/pins/1"));
  }
}
