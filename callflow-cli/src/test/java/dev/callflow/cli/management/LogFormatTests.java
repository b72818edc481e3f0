package dev.callflow.cli.management;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import dev.callflow.core.document.Json;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;
import tools.jackson.databind.JsonNode;

/** Tests the formats of the log, in a context of its own. */
class LogFormatTests {

  private final LoggerContext context = new LoggerContext();
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();

  @BeforeEach
  void logAtWarn() {
    context.setMDCAdapter(MDC.getMDCAdapter());
    PatternLayoutEncoder encoder = new PatternLayoutEncoder();
    encoder.setContext(context);
    encoder.setPattern("%-5level %msg%n");
    encoder.start();
    OutputStreamAppender<ILoggingEvent> appender = new OutputStreamAppender<>();
    appender.setContext(context);
    appender.setEncoder(encoder);
    appender.setOutputStream(written);
    appender.start();
    Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    root.setLevel(Level.WARN);
    root.addAppender(appender);
  }

  private List<String> lines() {
    return written.toString(StandardCharsets.UTF_8).lines().toList();
  }

  @Test
  void jsonHasTheMessageAndTheIds() {
    LogFormat.JSON.apply(context);
    try (MDC.MDCCloseable call = MDC.putCloseable("call", "c-1")) {
      context.getLogger("dev.callflow.host.ActivityLog").info("call {} joined\nFAKE line", "c-1");
    }
    assertThat(lines()).hasSize(1);
    JsonNode line = Json.read(lines().getFirst());
    assertThat(line.path("level").asString()).isEqualTo("INFO");
    assertThat(line.path("formattedMessage").asString()).isEqualTo("call c-1 joined\nFAKE line");
    assertThat(line.at("/mdc/call").asString()).isEqualTo("c-1");
    assertThat(line.path("timestamp").asLong()).isPositive();
  }

  @Test
  void eachFormatShowsCallsAndRooms() {
    LogFormat.TEXT.apply(context);
    context.getLogger("dev.callflow.host.ActivityLog").info("joined");
    context.getLogger("dev.callflow.core.CallflowEngine").info("running");
    context.getLogger("dev.callflow.core.Interpreter").info("not shown");
    assertThat(lines()).containsExactly("INFO  joined", "INFO  running");
  }

  @Test
  void aMoreDetailedLevelStays() {
    context.getLogger("dev.callflow").setLevel(Level.DEBUG);
    LogFormat.TEXT.apply(context);
    assertThat(context.getLogger("dev.callflow.host.ActivityLog").isDebugEnabled()).isTrue();
  }

  @Test
  void requestsAreLoggedOnlyIfThatIsAskedFor() {
    Logger access = context.getLogger("callflow.access");
    assertThat(access.isInfoEnabled()).isFalse();
    LogFormat.enableAccessLog(context);
    assertThat(access.isInfoEnabled()).isTrue();
  }
}
