package dev.callflow.conference.control;

import dev.callflow.conference.action.ActionResult;
import dev.callflow.conference.action.ConferenceAction;
import dev.callflow.conference.mixer.RoomId;
import dev.callflow.core.time.Inbox;
import dev.callflow.core.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Performs an action at most once for each key: a repetition with the same key returns the first
 * result, or waits for it. An action whose result is unknown can be repeated.
 */
public final class IdempotentActions {

  private static final Duration RETENTION = Duration.ofMinutes(10);
  private static final Duration RESULT_TIMEOUT = Duration.ofMinutes(11);
  private static final int MAX_REQUESTS = 10_000;

  private record Key(RoomId room, String key) {}

  /** A request; the lock guards its fields. */
  private static final class Request {
    final ConferenceAction action;
    final Instant at;
    final List<Inbox<ActionResult>> waiting = new ArrayList<>();
    @Nullable ActionResult result;

    Request(ConferenceAction action, Instant at) {
      this.action = action;
      this.at = at;
    }
  }

  private final TimeSource time;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Key, Request> requests = new LinkedHashMap<>();

  public IdempotentActions(TimeSource time) {
    this.time = time;
  }

  public ActionResult perform(
      RoomId room, String text, ConferenceAction action, Supplier<ActionResult> perform) {
    if (!text.matches("[\\x21-\\x7e]{1,128}")) {
      return Refusals.invalid(
          "idempotency_key", "pattern", "must be 1 to 128 ASCII characters without blanks");
    }
    Key key = new Key(room, text);
    Inbox<ActionResult> answer = time.inbox(1);
    Request mine = new Request(action, time.now());
    Request first = begin(key, mine, answer);
    if (!first.action.equals(action)) {
      return Refusals.invalid("idempotency_key", "unique", "was already used for another action");
    }
    if (first == mine) {
      ActionResult result = new ActionResult.Unknown("the action failed");
      try {
        result = perform.get();
      } finally {
        end(key, mine, result);
      }
      return result;
    }
    return await(answer);
  }

  /**
   * Returns the request that performs the action: the given one, or an earlier one with the same
   * key.
   */
  private Request begin(Key key, Request mine, Inbox<ActionResult> answer) {
    lock.lock();
    try {
      removeOld();
      Request first = requests.putIfAbsent(key, mine);
      if (first == null) {
        return mine;
      }
      if (first.result == null) {
        first.waiting.add(answer);
      } else {
        answer.offer(first.result);
      }
      return first;
    } finally {
      lock.unlock();
    }
  }

  private void end(Key key, Request mine, ActionResult result) {
    lock.lock();
    try {
      mine.result = result;
      mine.waiting.forEach(each -> each.offer(result));
      if (result instanceof ActionResult.Unknown) {
        requests.remove(key, mine);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Removes old requests. The oldest come first; a request without a result is kept. */
  private void removeOld() {
    Instant oldest = time.now().minus(RETENTION);
    Iterator<Request> all = requests.values().iterator();
    while (all.hasNext()) {
      Request request = all.next();
      if (request.result != null) {
        if (request.at.isAfter(oldest) && requests.size() <= MAX_REQUESTS) {
          return;
        }
        all.remove();
      }
    }
  }

  private static ActionResult await(Inbox<ActionResult> answer) {
    try {
      ActionResult result = answer.poll(RESULT_TIMEOUT);
      return result == null ? new ActionResult.Unknown("no result arrived in time") : result;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new ActionResult.Unknown("interrupted");
    }
  }
}
