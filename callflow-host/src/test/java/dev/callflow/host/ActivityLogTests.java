package dev.callflow.host;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import dev.callflow.conference.action.ConferenceAction;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.slf4j.LoggerFactory;

/** Joins, leaves, refusals and operators' actions have a line each in the log. */
@Isolated("reads the log")
class ActivityLogTests {

  private record Line(String text, String call) {}

  private final List<Line> lines = new CopyOnWriteArrayList<>();
  private final Logger logger = (Logger) LoggerFactory.getLogger(ActivityLog.class);

  private final AppenderBase<ILoggingEvent> appender =
      new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
          lines.add(
              new Line(
                  event.getFormattedMessage(), event.getMDCPropertyMap().getOrDefault("call", "")));
        }
      };

  @AfterEach
  void detach() {
    logger.detachAppender(appender);
  }

  @Test
  void eachOfThemIsLoggedOnceWithItsIds() throws Exception {
    appender.start();
    logger.addAppender(appender);
    try (HostBed bed = new HostBed()) {
      Callflow host = bed.start(bed.builder());
      String alice = bed.call("1001", "2000").uuid();
      bed.in(
          2,
          () ->
              host.conferences()
                  .conference(HostBed.ACME, "board")
                  .perform(new ConferenceAction.Lock(true)));
      String bob = bed.call("1002", "2000").uuid();
      bed.pass(10);
      bed.in(
          2,
          () ->
              host.conferences()
                  .conference(HostBed.ACME, "board")
                  .perform(new ConferenceAction.Kick(alice, false)));
      bed.pass(5);

      assertThat(lines)
          .containsExactlyInAnyOrder(
              new Line("room acme/board: call " + alice + " joined the room", alice),
              new Line("room acme/board: lock: done", ""),
              new Line("room acme/board: call " + bob + " refused: locked", bob),
              new Line("room acme/board: kick " + alice + ": done", ""),
              new Line("room acme/board: call " + alice + " left the room", alice));
    }
  }
}
