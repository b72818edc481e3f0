package dev.callflow.api.answer;

import dev.callflow.api.event.StreamRequest;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A resource's answer to a request. */
public sealed interface Answer {

  /**
   * The request was performed.
   *
   * @param status 200, 201 or 202
   * @param data the {@code data} of the envelope
   * @param revision the revision, if the answer is a document
   * @param page additional keys of the envelope, such as the start of the next page of a list
   */
  record Done(int status, JsonNode data, Optional<String> revision, Map<String, JsonNode> page)
      implements Answer {

    /** Copies the map. */
    public Done {
      page = Map.copyOf(page);
    }
  }

  /**
   * The client receives events instead of a body until it disconnects.
   *
   * @param stream the events to send
   */
  record Events(StreamRequest stream) implements Answer {}

  /**
   * The client receives a file or a part of one.
   *
   * @param file the part of the file, which the server closes
   * @param headers the headers that describe it; {@code Content-Range} if it is only a part
   */
  record File(FileReply file, Map<String, String> headers) implements Answer {

    /** Copies the map. */
    public File {
      headers = Map.copyOf(headers);
    }
  }

  /**
   * The file has not changed since the client has received it.
   *
   * @param headers the headers that describe it
   */
  record Unchanged(Map<String, String> headers) implements Answer {

    /** Copies the map. */
    public Unchanged {
      headers = Map.copyOf(headers);
    }
  }

  /**
   * The request was refused.
   *
   * @param failure the reason
   * @param data the {@code data} of the envelope
   * @param headers additional headers of the reply
   */
  record Refused(FailureCode failure, JsonNode data, Map<String, String> headers)
      implements Answer {

    /** Copies the map. */
    public Refused {
      headers = Map.copyOf(headers);
    }

    /**
     * Creates a refusal without additional headers.
     *
     * @param failure the reason
     * @param data the {@code data} of the envelope
     */
    public Refused(FailureCode failure, JsonNode data) {
      this(failure, data, Map.of());
    }
  }

  /**
   * Returns the HTTP status.
   *
   * @return the HTTP status
   */
  default int status() {
    return switch (this) {
      case Done done -> done.status;
      case Events events -> 200;
      case File file -> file.headers.containsKey("Content-Range") ? 206 : 200;
      case Unchanged unchanged -> 304;
      case Refused refused -> refused.failure.status();
    };
  }

  /**
   * Returns why the request was refused.
   *
   * @return the explanation, or the name of the failure if its data list several; empty if the
   *     request was performed
   */
  default Optional<String> reason() {
    return this instanceof Refused refused
        ? Optional.of(
            dev.callflow.core.document.Json.text(refused.data, "message")
                .orElse(refused.failure.message()))
        : Optional.empty();
  }

  /**
   * Creates the answer to a request that reads data.
   *
   * @param data the {@code data} of the envelope
   * @return the answer, with status 200
   */
  static Answer ok(JsonNode data) {
    return new Done(200, data, Optional.empty(), Map.of());
  }

  /**
   * Creates the answer to a request that performs an action.
   *
   * @param data the {@code data} of the envelope
   * @return the answer, with status 202
   */
  static Answer accepted(JsonNode data) {
    return new Done(202, data, Optional.empty(), Map.of());
  }

  /**
   * Refuses a request.
   *
   * @param failure the reason
   * @param message the explanation in English, without secrets
   * @return the answer
   */
  static Answer refused(FailureCode failure, String message) {
    return new Refused(failure, message(message));
  }

  /**
   * Refuses a request because its path does not support its method.
   *
   * @param verb the method
   * @param supported the methods that the path supports
   * @return the answer, with status 405 and the supported methods in the header {@code Allow}
   */
  static Answer wrongVerb(String verb, Set<String> supported) {
    String allow = String.join(", ", supported);
    return new Refused(
        FailureCode.INVALID_METHOD,
        message(verb + " is not supported on this path, only " + allow),
        Map.of("Allow", allow));
  }

  /**
   * Refuses a request because nothing with this id exists.
   *
   * @param id the id
   * @return the answer, with status 404
   */
  static Answer notFound(String id) {
    return new Refused(FailureCode.BAD_IDENTIFIER, message("bad identifier").put("id", id));
  }

  private static ObjectNode message(String text) {
    return dev.callflow.core.document.Json.object().put("message", text);
  }
}
