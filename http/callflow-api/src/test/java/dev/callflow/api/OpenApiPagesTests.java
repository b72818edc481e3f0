package dev.callflow.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.api.openapi.OpenApiPages;
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
}
