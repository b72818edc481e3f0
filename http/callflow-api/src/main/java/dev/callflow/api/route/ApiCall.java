package dev.callflow.api.route;

import dev.callflow.api.access.Login;
import dev.callflow.api.answer.Answer;
import dev.callflow.api.answer.FailureCode;
import dev.callflow.core.document.AccountId;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.node.ObjectNode;

/**
 * A request whose token, scope, account and envelope have been checked.
 *
 * @param request the request
 * @param login the access and the token; empty if the operation needs no token
 * @param envelope the body
 * @param upload the file in the body; empty unless the operation takes a file
 * @param values the values of the segments in braces, decoded
 */
public record ApiCall(
    RequestHead request,
    Optional<Login> login,
    Envelope envelope,
    Optional<InputStream> upload,
    Map<String, String> values) {

  /**
   * Returns the account in the path.
   *
   * @return the account, which exists
   */
  public AccountId account() {
    return new AccountId(value(ApiOperation.ACCOUNT));
  }

  /**
   * Returns the value of a segment of the path.
   *
   * @param segment the name in braces
   * @return the value
   */
  public String value(String segment) {
    String value = values.get(segment);
    if (value == null) {
      throw new IllegalArgumentException("the path has no segment {" + segment + "}");
    }
    return value;
  }

  /**
   * Returns the query parameters.
   *
   * @return the decoded parameters
   */
  public Map<String, String> query() {
    return request.query();
  }

  /**
   * Returns the access and token of a request to an operation that needs a token.
   *
   * @return the access and token
   */
  public Login client() {
    return login.orElseThrow();
  }

  /**
   * Answers with the data of the body.
   *
   * @param answer the answer to a request with data
   * @return the answer, which is a refusal if the body has no data
   */
  public Answer withData(Function<ObjectNode, Answer> answer) {
    return envelope.hasData()
        ? answer.apply(envelope.data())
        : Answer.refused(FailureCode.INVALID_ENVELOPE, "missing required property \"data\"");
  }
}
