package dev.callflow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.api.openapi.OpenApi;
import dev.callflow.core.CallflowVersion;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What shows the version; tests of the modules cover the answers of the API and the events. */
class VersionTests {

  @Test
  void theCommandLineShowsTheVersionOfTheLibrary() {
    assertThat(Main.commandLine(Map.of()).getCommandSpec().version())
        .containsExactly("Callflow " + CallflowVersion.current());
  }

  @Test
  void theOpenApiDocumentShowsTheVersionOfTheLibrary() {
    assertThat(OpenApi.document().at("/info/version").asString())
        .isEqualTo(CallflowVersion.current());
  }
}
