package dev.callflow.host;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

/** A host that closes with calls in progress logs no warning. */
@Isolated("reads the log")
class CleanCloseTests {

  private final List<String> warnings = new CopyOnWriteArrayList<>();

  private final AppenderBase<ILoggingEvent> appender =
      new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
          if (event.getLevel().isGreaterOrEqual(Level.WARN)
              && !event.getLoggerName().startsWith("dev.callflow.simulator")) {
            warnings.add(event.getLoggerName() + ": " + event.getFormattedMessage());
          }
        }
      };

  @ParameterizedTest
  @EnumSource
  void closingWithCallsInProgressLogsNoWarning(Closing how) throws Exception {
    Logger logger = (Logger) LoggerFactory.getLogger("dev.callflow");
    try (HostBed bed = new HostBed()) {
      Callflow host = bed.start(bed.builder().positionKey(HostBed.KEY));
      bed.call("1001", "2000");
      bed.call("1002", "3000");
      appender.start();
      logger.addAppender(appender);

      bed.in(10, () -> host.close(how));
    } finally {
      logger.detachAppender(appender);
    }

    assertThat(warnings).isEmpty();
  }
}
