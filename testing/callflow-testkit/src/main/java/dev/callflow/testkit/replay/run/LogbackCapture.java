package dev.callflow.testkit.replay.run;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** Captures log lines with a Logback appender. The only class that needs Logback. */
final class LogbackCapture extends AppenderBase<ILoggingEvent> implements LogCapture {

  private static final String CALLFLOW = "dev.callflow";

  private final Queue<String> lines = new ConcurrentLinkedQueue<>();
  private final Logger logger;
  private final Level shown;
  private final @Nullable Level level;
  private final boolean additive;

  private LogbackCapture(Logger logger) {
    this.logger = logger;
    this.shown = logger.getEffectiveLevel();
    this.level = logger.getLevel();
    this.additive = logger.isAdditive();
  }

  static LogbackCapture begin() {
    Logger logger = (Logger) LoggerFactory.getLogger(CALLFLOW);
    LogbackCapture capture = new LogbackCapture(logger);
    capture.setContext(logger.getLoggerContext());
    capture.start();
    logger.addAppender(capture);
    logger.setAdditive(false);
    logger.setLevel(Level.TRACE);
    return capture;
  }

  @Override
  protected void append(ILoggingEvent event) {
    String exception =
        event.getThrowableProxy() == null
            ? ""
            : System.lineSeparator() + ThrowableProxyUtil.asString(event.getThrowableProxy());
    lines.add(event.getLoggerName() + ": " + event.getFormattedMessage() + exception);
    if (additive && event.getLevel().isGreaterOrEqual(shown)) {
      logger.getLoggerContext().getLogger(Logger.ROOT_LOGGER_NAME).callAppenders(event);
    }
  }

  @Override
  public List<String> lines() {
    return List.copyOf(lines);
  }

  @Override
  public void close() {
    logger.setLevel(level);
    logger.setAdditive(additive);
    logger.detachAppender(this);
    stop();
  }
}
