package dev.callflow.api.file;

import dev.callflow.api.answer.Answer;
import dev.callflow.api.answer.FailureCode;
import dev.callflow.api.answer.FileReply;
import dev.callflow.api.route.RequestHead;
import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.Json;
import dev.callflow.core.file.FoundFile;
import dev.callflow.core.file.OpenFile;
import java.io.IOException;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers with files, or the parts of them that requests ask for. Safe for use by any thread. */
public final class Downloads {

  private static final Logger LOG = LoggerFactory.getLogger(Downloads.class);

  /** How many files of one account may be open, so that no account uses up those of the process. */
  private static final int MAX_OF_ACCOUNT = 100;

  private final Map<AccountId, Integer> open = new ConcurrentHashMap<>();

  /** Creates the answers of one API. */
  public Downloads() {}

  /**
   * Answers with a file.
   *
   * @param account the account to which it belongs
   * @param name the name under which browsers save it, without an extension
   * @param found the file
   * @param request the request, of which {@code Range}, {@code If-Range} and {@code If-None-Match}
   *     are observed
   */
  Answer answer(AccountId account, String name, FoundFile found, RequestHead request) {
    return switch (found) {
      case FoundFile.Unreachable(String why) -> unreachable(why);
      case FoundFile.Here(OpenFile file) -> {
        if (!begin(account)) {
          close(file);
          yield Answer.refused(
              FailureCode.TOO_MANY_REQUESTS,
              "too many downloads of this account at once: the limit is " + MAX_OF_ACCOUNT);
        }
        yield answer(file, name, request, () -> end(account));
      }
    };
  }

  /** Refuses a request because a file cannot be reached. */
  static Answer unreachable(String why) {
    return Answer.refused(FailureCode.FILE_UNREACHABLE, "the file cannot be reached: " + why);
  }

  private static Answer answer(OpenFile file, String name, RequestHead request, Runnable onClose) {
    String tag = tag(file);
    Map<String, String> headers = new HashMap<>();
    headers.put("ETag", tag);
    headers.put("Cache-Control", "no-store");
    if (request
        .header("If-None-Match")
        .filter(it -> it.equals("*") || it.contains(tag))
        .isPresent()) {
      close(file);
      onClose.run();
      return new Answer.Unchanged(headers);
    }
    headers.put("Content-Type", file.format().contentType());
    headers.put("X-Content-Type-Options", "nosniff");
    headers.put("Accept-Ranges", "bytes");
    headers.put(
        "Last-Modified",
        DateTimeFormatter.RFC_1123_DATE_TIME.format(file.modified().atOffset(ZoneOffset.UTC)));
    headers.put(
        "Content-Disposition",
        "attachment; filename=\""
            + name.replaceAll("[^A-Za-z0-9_-]", "_")
            + "."
            + file.format().extension()
            + "\"");
    return switch (range(request, tag, file.size())) {
      case ByteRange.Whole whole ->
          new Answer.File(new FileReply(file, 0, file.size(), onClose), headers);
      case ByteRange.Part(long from, long length) -> {
        headers.put(
            "Content-Range", "bytes " + from + "-" + (from + length - 1) + "/" + file.size());
        yield new Answer.File(new FileReply(file, from, length, onClose), headers);
      }
      case ByteRange.NotSatisfiable none -> {
        close(file);
        onClose.run();
        yield new Answer.Refused(
            FailureCode.RANGE_NOT_SATISFIABLE,
            Json.object().put("message", "the file has only " + file.size() + " bytes"),
            Map.of("Content-Range", "bytes */" + file.size()));
      }
    };
  }

  private static ByteRange range(RequestHead request, String tag, long size) {
    Optional<String> range = request.header("Range").filter(it -> request.verb().equals("GET"));
    boolean isSame = request.header("If-Range").filter(it -> !it.equals(tag)).isEmpty();
    return range
        .filter(it -> isSame)
        .map(it -> ByteRange.of(it, size))
        .orElseGet(ByteRange.Whole::new);
  }

  private static String tag(OpenFile file) {
    return '"'
        + Long.toHexString(file.size())
        + "-"
        + Long.toHexString(file.modified().toEpochMilli())
        + '"';
  }

  private boolean begin(AccountId account) {
    boolean[] begun = {false};
    open.compute(
        account,
        (id, before) -> {
          int count = before == null ? 0 : before;
          begun[0] = count < MAX_OF_ACCOUNT;
          return begun[0] ? count + 1 : count;
        });
    return begun[0];
  }

  private void end(AccountId account) {
    open.computeIfPresent(account, (id, count) -> count == 1 ? null : count - 1);
  }

  private static void close(OpenFile file) {
    try {
      file.close();
    } catch (IOException e) {
      LOG.debug("cannot close a file that was not sent", e);
    }
  }
}
