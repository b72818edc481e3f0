package dev.callflow.api;

import dev.callflow.api.answer.Answer;
import dev.callflow.api.answer.FileReply;
import dev.callflow.api.event.StreamRequest;
import dev.callflow.core.CallflowVersion;
import dev.callflow.core.document.Json;
import dev.callflow.core.time.TimeSource;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Writes answers in Kazoo's response envelope (docs/spec/api.md). */
final class EnvelopeWriter {

  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private final TimeSource time;

  EnvelopeWriter(TimeSource time) {
    this.time = time;
  }

  ApiReply of(ApiRequest request, Answer answer, long remaining) {
    String requestId =
        request
            .header("X-Request-ID")
            .filter(id -> id.matches("[A-Za-z0-9._-]{1,64}"))
            .orElseGet(() -> UUID.randomUUID().toString().replace("-", ""));
    ObjectNode rest = Json.object();
    rest.put("node", "callflow");
    rest.put("request_id", requestId);
    rest.put("timestamp", time.now().truncatedTo(ChronoUnit.SECONDS).toString());
    rest.put("version", CallflowVersion.current());
    rest.putObject("tokens").put("consumed", 1).put("remaining", remaining);
    Map<String, String> headers = new HashMap<>();
    headers.put("Content-Type", "application/json");
    headers.put("X-Request-ID", requestId);
    return switch (answer) {
      case Answer.Done done -> done(request, done, rest, headers);
      case Answer.Events(StreamRequest stream) -> {
        headers.put("Content-Type", "text/event-stream");
        headers.put("Cache-Control", "no-cache");
        yield new ApiReply(200, headers, new byte[0], Optional.of(stream), Optional.empty());
      }
      case Answer.File(FileReply file, var more) -> {
        headers.putAll(more);
        yield new ApiReply(
            answer.status(), headers, new byte[0], Optional.empty(), Optional.of(file));
      }
      case Answer.Unchanged(var more) -> {
        headers.putAll(more);
        yield new ApiReply(304, headers, new byte[0]);
      }
      case Answer.Refused(var failure, JsonNode data, var more) -> {
        headers.putAll(more);
        rest.put("status", "error");
        rest.put("error", String.valueOf(failure.status()));
        rest.put("message", failure.message());
        yield new ApiReply(failure.status(), headers, body(MAPPER.writeValueAsBytes(data), rest));
      }
    };
  }

  private static ApiReply done(
      ApiRequest request, Answer.Done done, ObjectNode rest, Map<String, String> headers) {
    byte[] data = MAPPER.writeValueAsBytes(done.data());
    if (done.status() == 200) {
      String tag =
          '"'
              + done.revision().map(revision -> revision + ".").orElse("")
              + fingerprint(data)
              + '"';
      headers.put("ETag", tag);
      if (request.verb().equals("GET")
          && request.header("If-None-Match").filter(it -> matches(it, tag)).isPresent()) {
        return new ApiReply(304, headers, new byte[0]);
      }
    }
    done.revision().ifPresent(revision -> rest.put("revision", revision));
    done.page().forEach(rest::set);
    rest.put("status", "success");
    return new ApiReply(done.status(), headers, body(data, rest));
  }

  private static boolean matches(String seen, String tag) {
    return seen.equals("*") || seen.contains(tag);
  }

  /** Builds the body around data that is already serialized, so that it is not serialized twice. */
  private static byte[] body(byte[] data, ObjectNode rest) {
    byte[] others = MAPPER.writeValueAsBytes(rest);
    ByteArrayOutputStream body = new ByteArrayOutputStream(data.length + others.length + 8);
    body.writeBytes("{\"data\":".getBytes(StandardCharsets.UTF_8));
    body.writeBytes(data);
    body.write(',');
    body.write(others, 1, others.length - 1);
    return body.toByteArray();
  }

  /**
   * Returns a 64-bit fingerprint made of two checksums, because a cryptographic hash would account
   * for most of the cost of a reply.
   */
  private static String fingerprint(byte[] bytes) {
    CRC32 one = new CRC32();
    one.update(bytes);
    CRC32C other = new CRC32C();
    other.update(bytes);
    return HexFormat.of().toHexDigits(one.getValue() << 32 | other.getValue());
  }
}
