package dev.callflow.esl;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import dev.callflow.esl.message.EslEvent;
import dev.callflow.waiting.Eventually;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.slf4j.LoggerFactory;

/** Tests the log lines about calls whose connection is lost. */
@Isolated("reads the log")
class LostCallsIT implements EslCallListener {

  private final BlockingQueue<ILoggingEvent> logged = new LinkedBlockingQueue<>();
  private final Logger logger = (Logger) LoggerFactory.getLogger(EslCall.class);
  private final Level before = logger.getLevel();
  private final AppenderBase<ILoggingEvent> appender =
      new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
          logged.add(event);
        }
      };
  private EslServer server;

  @BeforeEach
  void start() {
    appender.start();
    logger.setLevel(Level.INFO);
    logger.setAdditive(false);
    logger.addAppender(appender);
    server = new EslServer(PatientOptions.server().build(), call -> this).start();
  }

  @AfterEach
  void stop() {
    server.close();
    logger.detachAppender(appender);
    logger.setAdditive(true);
    logger.setLevel(before);
  }

  @Override
  public void event(EslEvent event) {}

  @Override
  public void ended(EslCallEnd end) {}

  private ILoggingEvent next() throws InterruptedException {
    return Eventually.next("the next log line", logged);
  }

  @Test
  void aHangupDuringTheHandoverIsLoggedAsInformation() throws Exception {
    ScriptedPeer.connect(server.address()).expect("connect").close();
    ILoggingEvent line = next();
    assertThat(line.getFormattedMessage()).contains("the caller hung up");
    assertThat(line.getLevel()).isEqualTo(Level.INFO);
  }

  @Test
  void aLostCallIsLoggedAsAWarning() throws Exception {
    ScriptedPeer peer = ScriptedPeer.connect(server.address());
    peer.expect("connect")
        .send(
            "Event-Name: CHANNEL_DATA\n"
                + "Unique-ID: call-1\n"
                + "Content-Type: command/reply\n"
                + "Reply-Text: %2BOK%0A\n\n");
    peer.expect("linger").reply("+OK").expect("myevents").reply("+OK").close();
    ILoggingEvent line = next();
    assertThat(line.getFormattedMessage()).contains("the call is lost");
    assertThat(line.getLevel()).isEqualTo(Level.WARN);
  }
}
