package dev.callflow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.core.joran.spi.JoranException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tests which loggers {@code CALLFLOW_LOG} enables. */
class LogTests {

  private final LoggerContext context = new LoggerContext();

  @BeforeEach
  void useTheMostDetailedLevel() throws JoranException {
    context.putProperty("CALLFLOW_LOG", "TRACE");
    JoranConfigurator configurator = new JoranConfigurator();
    configurator.setContext(context);
    configurator.doConfigure(LogTests.class.getResource("/logback.xml"));
  }

  @Test
  void ourOwnLoggersAreEnabled() {
    assertThat(context.getLogger("dev.callflow.esl.CommandPipeline").isTraceEnabled()).isTrue();
  }

  @Test
  void theWebServerDoesNotLogRequests() {
    assertThat(context.getLogger("org.eclipse.jetty.http.HttpParser").isInfoEnabled()).isFalse();
  }

  @Test
  void theSenderOfWebhooksLogsNoRequests() {
    assertThat(context.getLogger("org.apache.hc.client5.http.wire").isInfoEnabled()).isFalse();
  }

  @Test
  void theMailerDoesNotLogEmails() {
    assertThat(context.getLogger("org.simplejavamail.mailer").isInfoEnabled()).isFalse();
  }
}
