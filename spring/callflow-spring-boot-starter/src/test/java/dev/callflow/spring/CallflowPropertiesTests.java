package dev.callflow.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.core.document.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class CallflowPropertiesTests {

  @Test
  void noSecretIsPartOfTheText() {
    Contexts.complete()
        .withPropertyValues(
            "callflow.call-secrets=0123456789swordfish",
            "callflow.api.tokens[0].sha256=swordfish",
            "callflow.api.tokens[0].account=acme")
        .run(context -> {
          CallflowProperties properties = context.getBean(CallflowProperties.class);
          assertThat(properties.freeSwitch().getFirst().password()).isEqualTo("swordfish");
          assertThat(properties.toString() + properties.api() + properties.freeSwitch())
              .contains("127.0.0.1:1", "account acme")
              .doesNotContain("swordfish");
        });
  }

  @Test
  void aNumberWithoutAUnitIsTheNumberOfDaysThatRecordsAreKept() {
    Contexts.complete()
        .withPropertyValues("callflow.records.keep-history=30")
        .run(context -> {
          CallflowProperties.Records records = context.getBean(CallflowProperties.class).records();
          assertThat(records.keepHistory()).isEqualTo(Duration.ofDays(30));
          assertThat(records.keepAudit()).isEqualTo(Duration.ofDays(365));
        });
  }

  @Test
  void everyPropertyIsDescribedForEditors() throws IOException {
    JsonNode properties = metadata().path("properties");
    assertThat(properties.size()).isGreaterThan(20);
    for (JsonNode property : properties) {
      assertThat(property.path("description").asString(""))
          .as(property.path("name").asString())
          .isNotEmpty();
    }
  }

  private JsonNode metadata() throws IOException {
    try (InputStream file =
        CallflowProperties.class.getResourceAsStream(
            "/META-INF/spring-configuration-metadata.json")) {
      return Json.read(new String(file.readAllBytes(), StandardCharsets.UTF_8));
    }
  }
}
