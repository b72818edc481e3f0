package dev.callflow.api;

import dev.callflow.api.token.Tickets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The token that a request gives, in a header or, where it is allowed, in the query. */
sealed interface RequestToken {

  /** The header with the token. */
  String HEADER = "X-Auth-Token";

  /** The query parameter with a ticket. */
  String TICKET = "ticket";

  /** The query parameter with a token, and the only last segment of a path with which it counts. */
  String QUERY_TOKEN = "auth_token";

  /** The last segment of the paths that may be fetched with a token in the query. */
  String RAW = "/raw";

  /** The last segment of the paths of event streams. */
  String EVENTS = "/events";

  /** The scheme of RFC 6750. */
  Pattern BEARER = Pattern.compile("(?i)Bearer +([!-~]+) *");

  /** The request gives a token. */
  record Given(String token) implements RequestToken {

    /** Omits the token. */
    @Override
    public String toString() {
      return "a token";
    }
  }

  /** The request gives no token. */
  record Missing() implements RequestToken {}

  /** The request gives two different tokens. */
  record Ambiguous() implements RequestToken {}

  static RequestToken of(ApiRequest request, Tickets tickets) {
    List<String> sent =
        java.util.stream.Stream.of(request.header(HEADER), bearer(request))
            .flatMap(Optional::stream)
            .distinct()
            .toList();
    if (sent.size() > 1) {
      return new Ambiguous();
    }
    return sent.stream()
        .findFirst()
        .or(() -> inQuery(request, tickets))
        .<RequestToken>map(Given::new)
        .orElseGet(Missing::new);
  }

  private static Optional<String> bearer(ApiRequest request) {
    return request
        .header("Authorization")
        .map(BEARER::matcher)
        .filter(Matcher::matches)
        .map(matcher -> matcher.group(1));
  }

  private static Optional<String> inQuery(ApiRequest request, Tickets tickets) {
    if (!request.verb().equals("GET")) {
      return Optional.empty();
    }
    if (request.path().endsWith(EVENTS)) {
      return Optional.ofNullable(request.query().get(TICKET)).flatMap(tickets::redeem);
    }
    return request.path().endsWith(RAW)
        ? Optional.ofNullable(request.query().get(QUERY_TOKEN)).filter(token -> !token.isEmpty())
        : Optional.empty();
  }
}
