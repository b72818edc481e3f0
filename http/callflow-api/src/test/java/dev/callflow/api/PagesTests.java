package dev.callflow.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.api.page.Pages;
import dev.callflow.core.document.Json;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class PagesTests {

  private final Pages pages = new Pages();

  @Test
  void theDocumentIsServedWithoutThePage() {
    assertThat(pages.find("/openapi"))
        .hasValueSatisfying(page -> assertThat(page.contentType()).isEqualTo("application/json"));
    assertThat(pages.find("/openapi/")).isEmpty();
    assertThat(pages.find("/openapi/openapi.json")).isEmpty();
  }

  @Test
  void theDocumentNamesThePathBelowWhichTheApiIsMounted() {
    assertThat(server(pages)).isEqualTo("/");
    assertThat(server(new Pages("/callflow"))).isEqualTo("/callflow");
  }

  private static String server(Pages pages) {
    byte[] document = pages.find("/openapi").orElseThrow().body();
    return Json.read(new String(document, StandardCharsets.UTF_8)).at("/servers/0/url").asString();
  }
}
