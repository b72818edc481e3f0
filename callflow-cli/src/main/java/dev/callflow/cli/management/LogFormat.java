package dev.callflow.cli.management;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.OutputStreamAppender;
import java.util.Iterator;
import java.util.List;

/** How the log is written. */
public enum LogFormat {
  /** Lines for people: time, level, logger, message and, in brackets, the ids. */
  TEXT,
  /** A JSON object for each line, with Logback's names for its keys. */
  JSON;

  /** The loggers that say what happens to calls and rooms. */
  private static final List<String> ACTIVITY =
      List.of("dev.callflow.host.ActivityLog", "dev.callflow.core.CallflowEngine");

  /**
   * Writes the log in this format from now on, with a line for each call, join, leave, refusal and
   * action.
   *
   * @param context the loggers
   */
  public void apply(LoggerContext context) {
    for (String name : ACTIVITY) {
      Logger logger = context.getLogger(name);
      if (!logger.isInfoEnabled()) {
        logger.setLevel(Level.INFO);
      }
    }
    switch (this) {
      case TEXT -> {
        // As logback.xml has it.
      }
      case JSON -> {
        Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        for (Iterator<Appender<ILoggingEvent>> all = root.iteratorForAppenders(); all.hasNext(); ) {
          if (all.next() instanceof OutputStreamAppender<ILoggingEvent> writer) {
            useJson(writer, context);
          }
        }
      }
    }
  }

  /**
   * Lets the HTTP server log requests.
   *
   * @param context the loggers
   */
  static void enableAccessLog(LoggerContext context) {
    context.getLogger("callflow.access").setLevel(Level.INFO);
  }

  private static void useJson(OutputStreamAppender<ILoggingEvent> writer, LoggerContext context) {
    JsonEncoder encoder = new JsonEncoder();
    encoder.setContext(context);
    encoder.setWithFormattedMessage(true);
    encoder.setWithMessage(false);
    encoder.setWithArguments(false);
    encoder.setWithContext(false);
    encoder.setWithSequenceNumber(false);
    encoder.start();
    writer.setEncoder(encoder);
  }
}
