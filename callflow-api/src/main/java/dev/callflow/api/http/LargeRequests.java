package dev.callflow.api.http;

import dev.callflow.api.ApiReply;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Answers large requests on platform threads. Virtual threads are not preempted: while a few of
 * them check large documents, all others would wait. Platform threads share the processors with
 * them. {@link RequestsInProgress} bounds their number.
 */
final class LargeRequests {

  /** The size in characters above which a request is large. */
  private static final int LARGE = 128 << 10;

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
      return answer.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("the request could not be answered", e.getCause());
    }
  }
}
