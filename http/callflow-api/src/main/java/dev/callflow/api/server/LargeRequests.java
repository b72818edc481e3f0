package dev.callflow.api.server;

import dev.callflow.api.ApiReply;
import dev.callflow.core.time.Inbox;
import dev.callflow.core.time.TimeSource;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Answers large requests on platform threads. Virtual threads are not preempted: while a few of
 * them check large documents, all others would wait. Platform threads share the processors with
 * them. {@link RequestsInProgress} bounds their number.
 */
final class LargeRequests {

  /** The size in characters above which a request is large. */
  private static final int LARGE = 128 << 10;

  /** Longer than any request takes: an operator may let a party ring for minutes. */
  private static final Duration TIMEOUT = Duration.ofHours(1);

  private final TimeSource time;

  LargeRequests(TimeSource time) {
    this.time = time;
  }

  /** Answers a request, on a platform thread if its body is large. Blocks until it is answered. */
  ApiReply answer(String body, Supplier<ApiReply> request) throws InterruptedException {
    if (body.length() <= LARGE || !Thread.currentThread().isVirtual()) {
      return request.get();
    }
    Inbox<Optional<ApiReply>> answered = time.inbox(1);
    Thread.ofPlatform().daemon().name("large-request").start(() -> answer(request, answered));
    @Nullable Optional<ApiReply> reply = answered.poll(TIMEOUT);
    if (reply == null || reply.isEmpty()) {
      throw new IllegalStateException("the request could not be answered");
    }
    return reply.get();
  }

  private static void answer(Supplier<ApiReply> request, Inbox<Optional<ApiReply>> answered) {
    Optional<ApiReply> reply = Optional.empty();
    try {
      reply = Optional.of(request.get());
    } finally {
      answered.offer(reply);
    }
  }
}
