package dev.callflow.host;

import dev.callflow.conference.action.ActionResult;
import dev.callflow.conference.action.ConferenceAction;
import dev.callflow.conference.event.ConferenceEvent;
import dev.callflow.conference.mixer.RoomId;
import dev.callflow.conference.observe.ConferenceObserver;
import dev.callflow.conference.observe.ConferenceOutcome;
import dev.callflow.core.call.CallId;
import dev.callflow.core.time.OneLine;
import java.util.Map;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Logs one line at {@code INFO} for each join, leave, refusal and operator's action. The ids are
 * also in the logging context, as {@code account}, {@code room} and {@code call}.
 */
final class ActivityLog implements ConferenceObserver {

  private static final Logger LOG = LoggerFactory.getLogger(ActivityLog.class);

  @Override
  public void ended(CallId call, ConferenceOutcome outcome) {
    // The events say the same with the room, and the engine logs the outcome.
  }

  @Override
  public Consumer<ActionResult> actionRequested(RoomId room, ConferenceAction action) {
    return LOG.isInfoEnabled()
        ? result ->
            in(
                room,
                () ->
                    LOG.info("room {}: {}: {}", room, ActionText.of(action), ActionText.of(result)))
        : result -> {};
  }

  /** Logs an event, if it is one of those that have a line. */
  void published(ConferenceEvent event) {
    if (!LOG.isInfoEnabled()) {
      return;
    }
    RoomId room = event.header().room();
    if (event instanceof ConferenceEvent.MemberJoined joined) {
      line(room, joined.participant().call(), "joined the room");
    } else if (event instanceof ConferenceEvent.MemberLeft left) {
      line(room, left.participant().call(), "left the room");
    } else if (event instanceof ConferenceEvent.CallerRefused refused) {
      line(room, refused.call(), "refused: " + refused.reason().key());
    } else if (event instanceof ConferenceEvent.WaitingStarted waiting) {
      line(room, waiting.caller().call(), "waits for a moderator");
    }
  }

  private static void line(RoomId room, CallId call, String what) {
    in(
        room,
        () -> {
          MDC.put("call", OneLine.of(call));
          LOG.info("room {}: call {} {}", room, OneLine.of(call), what);
        });
  }

  /** Adds the room to the logging context, which may already have that of the thread's own call. */
  private static void in(RoomId room, Runnable log) {
    Map<String, String> before = MDC.getCopyOfContextMap();
    try {
      MDC.put("account", room.account().value());
      MDC.put("room", room.toString());
      log.run();
    } finally {
      if (before == null) {
        MDC.clear();
      } else {
        MDC.setContextMap(before);
      }
    }
  }
}
