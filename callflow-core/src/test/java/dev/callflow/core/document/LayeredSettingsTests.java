package dev.callflow.core.document;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.core.store.MemoryStore;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class LayeredSettingsTests {

  private final LayeredSettings settings =
      LayeredSettings.of(
          new MemoryStore().system(object("{'rooms':{'a':'system','b':'system','ms':500}}")),
          Account.of(new AccountId("acme"), object("{'config':{'rooms':{'a':'acme','ms':0}}}")),
          "rooms");

  @Test
  void theAccountsValueOverridesTheSystemsValue() {
    assertThat(settings.text("a")).contains("acme");
    assertThat(settings.text("b")).contains("system");
    assertThat(settings.text("c")).isEmpty();
  }

  @Test
  void aDurationThatIsNotPositiveIsIgnored() {
    assertThat(settings.millis("ms")).isEmpty();
    assertThat(new LayeredSettings(Json.object(), object("{'ms':'500'}")).millis("ms"))
        .contains(Duration.ofMillis(500));
  }

  @Test
  void aValueOfTheWrongTypeIsIgnored() {
    LayeredSettings mixed = new LayeredSettings(object("{'on':'perhaps'}"), object("{'on':true}"));

    assertThat(mixed.bool("on")).contains(true);
    assertThat(mixed.value("on").orElseThrow().asString()).isEqualTo("perhaps");
  }

  @Test
  void aSectionThatIsNotConfiguredIsEmpty() {
    assertThat(
            LayeredSettings.of(
                    new MemoryStore(), Account.of(new AccountId("acme"), Json.object()), "rooms")
                .value("a"))
        .isEmpty();
  }

  private static ObjectNode object(String text) {
    return Json.readObject(text.replace('\'', '"'));
  }
}
