package dev.callflow.examples;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.core.joran.spi.JoranException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What {@code CALLFLOW_LOG} shows. */
class LogTests {

  private final LoggerContext context = new LoggerContext();

  @BeforeEach
  void asDetailedAsCanBe() throws JoranException {
    context.putProperty("CALLFLOW_LOG", "TRACE");
    JoranConfigurator configurator = new JoranConfigurator();
    configurator.setContext(context);
    configurator.doConfigure(LogTests.class.getResource("/logback.xml"));
  }

  @Test
  void ourOwnLogIsShown() {
    assertThat(context.getLogger("dev.callflow.esl.CommandPipeline").isTraceEnabled()).isTrue();
  }

  @Test
  void requestsWithTokensAndPinsAreNotWrittenDownByTheWebServer() {
    assertThat(context.getLogger("org.eclipse.jetty.http.HttpParser").isInfoEnabled()).isFalse();
  }

  @Test
  void mailsAreNotWrittenDownByTheMailer() {
    assertThat(context.getLogger("org.simplejavamail.mailer").isInfoEnabled()).isFalse();
  }
}
