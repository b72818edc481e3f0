package dev.callflow.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.api.openapi.OpenApiPages;
import dev.callflow.core.document.Json;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class OpenApiPagesTests {

  private final OpenApiPages pages = new OpenApiPages();

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
    assertThat(server(new OpenApiPages("/callflow"))).isEqualTo("/callflow");
  }

  private static String server(OpenApiPages pages) {
    byte[] document = pages.find("/openapi").orElseThrow().body();
    return Json.read(new String(document, StandardCharsets.UTF_8)).at("/servers/0/url").asString();
  }
}
