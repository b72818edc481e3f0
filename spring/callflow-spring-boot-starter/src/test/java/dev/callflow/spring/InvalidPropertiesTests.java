package dev.callflow.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.core.store.MemoryStore;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.FilteredClassLoader;

/** The messages of an application that does not start because of its properties. */
class InvalidPropertiesTests {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          callflow.listen=8084                    | callflow.listen: the address to listen on must be HOST:PORT with a port from 0 to 65535, but is '8084'
          callflow.allow-from=pbx.example.com     | callflow.allow-from: not an IP address or a network such as 10.0.0.0/8: pbx.example.com
          callflow.control-timeout=0s             | callflow.control-timeout: the control timeout must be positive, but is PT0S
          callflow.unreachable-timeout=-1s        | callflow.unreachable-timeout: the unreachable timeout must be positive, but is PT-1S
          callflow.closing-timeout=-1s            | callflow.closing-timeout: the closing timeout must not be negative, but is PT-1S
          callflow.free-switch[0].address=pbx     | callflow.free-switch[0].address: the address of a FreeSWITCH must be HOST:PORT with a port from 1 to 65535, but is 'pbx'
          callflow.free-switch[0].password=       | callflow.free-switch[0].password: the password of the event socket is missing
          callflow.call-secrets=swordfish         | callflow.call-secrets: a secret for calls must have 16 to 256 characters (letters, digits, '.', '_', '-'); this one has only 9 characters
          callflow.records.keep-history=1s        | callflow.records.keep-history: records must be kept for at least a minute, but the maximum age is PT1S
          callflow.records.keep-audit=0           | callflow.records.keep-audit: records must be kept for at least a minute, but the maximum age is PT0S
          callflow.webhooks.allow-to=https://a/b  | callflow.webhooks.allow-to: not a target of webhooks: https://a/b; expected a host, with or without a port
          callflow.position-key-file=/no/such/key | callflow.position-key-file: the file /no/such/key can be neither read nor created: /no/such/.
          """)
  void anInvalidPropertyIsExplained(String property, String message) {
    Contexts.complete()
        .withPropertyValues(property)
        .run(context -> assertThat(description(context.getStartupFailure())).startsWith(message));
  }

  @Test
  void missingDocumentsAreExplained() {
    Contexts.withFreeSwitch()
        .run(context ->
            assertThat(description(context.getStartupFailure()))
                .isEqualTo(
                    "callflow.data: there are no documents: set a data folder, or set"
                        + " callflow.store.enabled, or define a bean of type EditableStore"));
  }

  @Test
  void aFolderWithoutAccountsIsExplained() {
    Contexts.withFreeSwitch()
        .withPropertyValues("callflow.data=src")
        .run(context ->
            assertThat(description(context.getStartupFailure()))
                .isEqualTo(
                    "callflow.data: not a data folder, because it has no subfolder accounts: src"));
  }

  @Test
  void aMissingFreeSwitchIsExplained() {
    Contexts.bare()
        .withBean(MemoryStore.class)
        .run(context ->
            assertThat(description(context.getStartupFailure()))
                .isEqualTo(
                    "callflow.free-switch[0].address: there is no FreeSWITCH to connect to"));
  }

  @Test
  void aStoreWithoutADataSourceIsExplained() {
    Contexts.withFreeSwitch()
        .withPropertyValues("callflow.store.enabled=true")
        .run(context ->
            assertThat(description(context.getStartupFailure()))
                .isEqualTo(
                    "callflow.store.enabled: the application must have one DataSource, or one that"
                        + " is primary"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          dev.callflow.api        | dev.callflow.api.Api: add dev.callflow:callflow-api
          jakarta.servlet         | jakarta.servlet.Servlet: add org.springframework.boot:spring-boot-starter-webmvc
          jakarta.websocket       | jakarta.websocket.server.ServerContainer: add WebSockets of the servlet container, such as org.apache.tomcat.embed:tomcat-embed-websocket
          """)
  void anApiThatCannotBeMountedIsExplained(String missing, String message) {
    Contexts.complete()
        .withClassLoader(new FilteredClassLoader(missing))
        .withPropertyValues("callflow.api.enabled=true")
        .run(context ->
            assertThat(description(context.getStartupFailure()))
                .isEqualTo(
                    "callflow.api.enabled: the API cannot be mounted, because the class path lacks "
                        + message));
  }

  @Test
  void anApiThatIsNotEnabledMayBeMissing() {
    Contexts.complete()
        .withClassLoader(new FilteredClassLoader("dev.callflow.api"))
        .run(context -> assertThat(context).hasNotFailed());
  }

  @Test
  void anAddressThatIsInUseIsExplained() throws IOException {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Contexts.complete()
          .withPropertyValues("callflow.listen=127.0.0.1:" + other.getLocalPort())
          .run(context ->
              assertThat(
                      new PortForCallsAnalyzer()
                          .analyze(context.getStartupFailure())
                          .getDescription())
                  .startsWith("Callflow cannot listen for calls: ")
                  .contains(":" + other.getLocalPort()));
    }
  }

  private static String description(Throwable failure) {
    assertThat(failure).as("the application has not started").isNotNull();
    FailureAnalysis analysis = new InvalidPropertyAnalyzer().analyze(failure);
    assertThat(analysis).as("%s", failure).isNotNull();
    assertThat(analysis.getDescription()).doesNotContain("swordfish");
    return analysis.getDescription();
  }
}
