package dev.callflow.conference.control;

import dev.callflow.conference.action.ActionResult;
import dev.callflow.conference.action.ConferenceAction;
import dev.callflow.conference.kept.KeptVariables;
import dev.callflow.conference.mixer.RoomId;
import dev.callflow.core.time.Inbox;
import dev.callflow.core.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Performs an action at most once for each key: a repetition with the same key returns the first
 * result, or waits for it. An action whose result is unknown is performed again when it is
 * repeated.
 */
public final class IdempotentActions {

  private static final Duration RETENTION = Duration.ofMinutes(10);
  private static final Duration RESULT_TIMEOUT = Duration.ofMinutes(11);
  private static final int MAX_REQUESTS = 10_000;

  /** Limited because each kept result is a header of every event of the room. */
  private static final int MAX_KEPT = 50;

  private record Key(RoomId room, String digest) {}

  /** A request; the lock guards its fields. */
  private static final class Request {
    final String fingerprint;
    final Instant at;
    final List<Inbox<ActionResult>> waiting = new ArrayList<>();
    @Nullable ActionResult result;
    String keptAs = "";

    Request(String fingerprint, Instant at) {
      this.fingerprint = fingerprint;
      this.at = at;
    }
  }

  private final TimeSource time;
  private final Keeping keeping;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Key, Request> requests = new LinkedHashMap<>();

  /** The requests whose results are kept with their room, oldest first. */
  private final Map<RoomId, Deque<Request>> keptOf = new HashMap<>();

  public IdempotentActions(TimeSource time, Keeping keeping) {
    this.time = time;
    this.keeping = keeping;
  }

  public ActionResult perform(
      RoomId room, String text, ConferenceAction action, Supplier<ActionResult> perform) {
    if (!text.matches("[\\x21-\\x7e]{1,128}")) {
      return Refusals.invalid(
          "idempotency_key",
          "pattern",
          "must be 1 to 128 printable ASCII characters without spaces");
    }
    Key key = new Key(room, KeptVariables.digest(text));
    Inbox<ActionResult> answer = time.inbox(1);
    Request mine = new Request(KeptResult.fingerprint(action), time.now());
    Request first = begin(key, mine, answer);
    if (!first.fingerprint.equals(mine.fingerprint)) {
      return Refusals.invalid("idempotency_key", "unique", "was already used for another action");
    }
    if (first == mine) {
      ActionResult result = new ActionResult.Unknown("the action failed");
      try {
        result = perform.get();
        keep(key, mine, result);
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

  /** Stores a result with the room before it is returned, so that it survives a restart. */
  private void keep(Key key, Request mine, ActionResult result) {
    Optional<String> text = new KeptResult(mine.at, mine.fingerprint, result).text();
    if (text.isEmpty()) {
      return;
    }
    Map<String, String> results = new HashMap<>();
    lock.lock();
    try {
      Deque<Request> kept = keptOf.computeIfAbsent(key.room(), fresh -> new ArrayDeque<>());
      Instant oldest = time.now().minus(RETENTION);
      while (kept.size() >= MAX_KEPT || !kept.isEmpty() && kept.getFirst().at.isBefore(oldest)) {
        results.put(kept.removeFirst().keptAs, "");
      }
      mine.keptAs = key.digest();
      kept.addLast(mine);
    } finally {
      lock.unlock();
    }
    results.put(key.digest(), text.get());
    keeping.keepResults(key.room(), results);
  }

  /** Restores the results that an earlier process stored with a room or its callers. */
  public void restore(RoomId room, Map<String, String> results) {
    results.forEach((digest, text) ->
        KeptResult.read(text).ifPresent(kept -> restore(new Key(room, digest), kept)));
  }

  private void restore(Key key, KeptResult kept) {
    Request request = new Request(kept.fingerprint(), kept.at());
    request.result = kept.result();
    request.keptAs = key.digest();
    lock.lock();
    try {
      if (requests.putIfAbsent(key, request) == null) {
        keptOf.computeIfAbsent(key.room(), fresh -> new ArrayDeque<>()).addFirst(request);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Called when a room has ended; its variables end with it. */
  public void over(RoomId room) {
    lock.lock();
    try {
      keptOf.remove(room);
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

  /** Removes old requests, starting with the oldest; requests without a result are kept. */
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
