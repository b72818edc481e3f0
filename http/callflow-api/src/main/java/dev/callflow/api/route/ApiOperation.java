package dev.callflow.api.route;

import dev.callflow.api.access.Scope;
import dev.callflow.api.answer.Answer;
import java.util.List;
import java.util.Optional;

/**
 * One method on one path.
 *
 * @param verb the HTTP method; {@code GET} also answers {@code HEAD}
 * @param path the path, whose segments in braces stand for any value, such as {@code
 *     /v2/accounts/{account}/conferences/{id}}. The segment {@code {account}} must name an account
 *     that the token gives access to
 * @param scope the scope that the token needs; empty if requests need no token
 * @param parameters the query parameters
 * @param body what the body of a request is
 * @param handler what answers the requests
 */
public record ApiOperation(
    String verb,
    String path,
    Optional<Scope> scope,
    Parameters parameters,
    Body body,
    Handler handler) {

  /** The name of the segment that stands for the account. */
  public static final String ACCOUNT = "account";

  /** What the body of a request is. */
  public enum Body {
    /** An envelope, or nothing. */
    ENVELOPE,
    /** A file, which is read while it arrives. */
    FILE
  }

  /** Answers requests. */
  @FunctionalInterface
  public interface Handler {

    /**
     * Answers a request.
     *
     * @param call the request
     * @return the answer
     */
    Answer answer(ApiCall call);
  }

  /**
   * Creates an operation that does not check its query parameters.
   *
   * @param verb the HTTP method
   * @param path the path
   * @param scope the scope that the token needs
   * @param handler what answers the requests
   * @return the operation
   */
  public static ApiOperation of(String verb, String path, Scope scope, Handler handler) {
    return new ApiOperation(
        verb, path, Optional.of(scope), Parameters.UNCHECKED, Body.ENVELOPE, handler);
  }

  /**
   * Creates an operation for requests without a token, which does not check its query parameters.
   *
   * @param verb the HTTP method
   * @param path the path
   * @param handler what answers the requests
   * @return the operation
   */
  public static ApiOperation open(String verb, String path, Handler handler) {
    return new ApiOperation(
        verb, path, Optional.empty(), Parameters.UNCHECKED, Body.ENVELOPE, handler);
  }

  /**
   * Returns a copy that checks its query parameters before it is called.
   *
   * @param parameters the parameters
   * @return the operation
   */
  public ApiOperation taking(Parameters parameters) {
    return new ApiOperation(verb, path, scope, parameters, body, handler);
  }

  /**
   * Returns a copy whose requests have a file as their body.
   *
   * @return the operation
   */
  public ApiOperation takingFile() {
    return new ApiOperation(verb, path, scope, parameters, Body.FILE, handler);
  }

  /**
   * Returns a copy that another handler answers.
   *
   * @param other the handler
   * @return the operation
   */
  public ApiOperation answeredBy(Handler other) {
    return new ApiOperation(verb, path, scope, parameters, body, other);
  }

  /** Returns the segments of the path. */
  List<String> segments() {
    return PathSegments.of(path);
  }
}
