package dev.callflow.esl;

import dev.callflow.esl.error.EslException;
import dev.callflow.esl.error.EslOverflowException;
import dev.callflow.esl.message.CommandReply;
import dev.callflow.esl.message.EslCommand;
import dev.callflow.esl.message.EslEvent;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** The unfinished {@code bgapi} commands of a client. */
final class BackgroundJobs {

  /** The maximum number of unfinished jobs; equals the limit on unanswered commands. */
  private static final int MAX_UNFINISHED = 10_000;

  private final Map<String, CompletableFuture<String>> unfinished = new ConcurrentHashMap<>();

  /** Runs a command in the background and waits for its output. */
  String run(CommandPipeline pipeline, String command, String arguments, Duration timeout) {
    return pipeline.await(
        start(pipeline, command, arguments, timeout), "bgapi " + command, timeout);
  }

  /**
   * Starts a command in the background; its output completes the returned future on a virtual
   * thread.
   */
  CompletableFuture<String> start(
      CommandPipeline pipeline, String command, String arguments, Duration timeout) {
    if (unfinished.size() >= MAX_UNFINISHED) {
      return CompletableFuture.failedFuture(
          new EslOverflowException(
              String.format(
                  Locale.ROOT,
                  "[%s] there are already %d unfinished background jobs",
                  pipeline.name(),
                  MAX_UNFINISHED)));
    }
    String job = UUID.randomUUID().toString();
    CompletableFuture<String> output = new CompletableFuture<>();
    // Register the job before sending the command: the result may arrive before the reply
    // (docs/spec/event-socket.md#bgapi).
    unfinished.put(job, output);
    output.whenComplete((text, failure) -> unfinished.remove(job));
    pipeline
        .send(new EslCommand.BgApi(command, arguments, job))
        .whenComplete((answer, failure) -> {
          if (failure != null) {
            output.completeExceptionally(failure);
          } else if (answer instanceof CommandReply reply && !reply.ok()) {
            output.complete(reply.text());
          }
        });
    return pipeline.later(output, "bgapi " + command, timeout);
  }

  /**
   * Completes the job whose result the event contains; returns false if the event belongs to no
   * unfinished job of this client.
   */
  boolean complete(EslEvent event) {
    if (!event.is("BACKGROUND_JOB")) {
      return false;
    }
    CompletableFuture<String> output = unfinished.get(event.header("Job-UUID").orElse(""));
    return output != null && output.complete(event.body());
  }

  void failAll(EslException cause) {
    unfinished.values().forEach(output -> output.completeExceptionally(cause));
  }
}
