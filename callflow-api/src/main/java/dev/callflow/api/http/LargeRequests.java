package dev.callflow.api.http;

import dev.callflow.api.ApiReply;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

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

  private LargeRequests() {}

  /** Answers a request, on a platform thread if its body is large. Blocks until it is answered. */
  static ApiReply answer(String body, Callable<ApiReply> request) throws InterruptedException {
    FutureTask<ApiReply> answer = new FutureTask<>(request);
    if (body.length() > LARGE) {
      Thread.ofPlatform().daemon().name("large-request").start(answer);
    } else {
      answer.run();
    }
    try {
      return answer.get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException | ExecutionException e) {
      throw new IllegalStateException("the request could not be answered", e);
    }
  }
}
