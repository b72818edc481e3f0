package dev.callflow.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.api.ApiFixture.Reply;
import dev.callflow.api.access.Access;
import dev.callflow.api.access.Scope;
import dev.callflow.api.route.ApiOperation;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every operation does with wrong tokens, scopes, accounts, methods, bodies and types. */
class EveryOperationTests {

  private static final String BODY = "{'data':{'name':'x','action':'lock'}}";

  private static final List<String> VERBS = List.of("GET", "PUT", "POST", "PATCH", "DELETE");

  private final ApiFixture fixture = new ApiFixture();

  static Stream<Named> operations() {
    return new ApiFixture().api.operations().all().stream().map(Named::new);
  }

  static Stream<Named> closed() {
    return operations().filter(it -> it.operation.scope().isPresent());
  }

  static Stream<Named> withEnvelopes() {
    return operations().filter(it -> it.operation.body() == ApiOperation.Body.ENVELOPE);
  }

  static Stream<Named> open() {
    return operations().filter(it -> it.operation.scope().isEmpty());
  }

  static Stream<Named> logins() {
    return open().filter(it -> !it.operation.path().contains("/transfers/"));
  }

  static Stream<Named> ofAccounts() {
    return closed().filter(it -> it.operation.path().contains("{account}"));
  }

  /** An operation, named by its method and path in reports. */
  record Named(ApiOperation operation) {

    String path(String account) {
      return operation.path().replace("{account}", account).replaceAll("\\{[a-z]+}", "none");
    }

    boolean isDownload() {
      return operation.verb().equals("GET") && operation.path().endsWith("/raw");
    }

    String body() {
      return operation.verb().equals("GET") ? "" : BODY;
    }

    @Override
    public String toString() {
      return operation.verb() + " " + operation.path();
    }
  }

  private Reply send(Named named, String account, Map<String, String> headers) {
    return fixture.send(named.path(account), named.operation.verb(), named.body(), headers);
  }

  @ParameterizedTest
  @MethodSource("closed")
  void aMissingOrWrongTokenIsRefused(Named named) {
    for (Map<String, String> headers :
        List.of(
            Map.<String, String>of(),
            Map.of("X-Auth-Token", ""),
            Map.of("X-Auth-Token", "wrong"),
            Map.of("Authorization", "Bearer wrong"),
            Map.of("Authorization", "acme-token"),
            Map.of("Cookie", "X-Auth-Token=acme-token"))) {
      Reply reply = send(named, "acme", headers);
      assertThat(reply.status()).as("%s", headers).isEqualTo(401);
      assertThat(reply.data().path("message").asString()).isEqualTo("invalid credentials");
    }
    Reply twoTokens =
        send(
            named,
            "acme",
            Map.of("X-Auth-Token", "acme-token", "Authorization", "Bearer other-token"));
    assertThat(twoTokens.status()).isEqualTo(400);
    assertThat(
            fixture
                .send(
                    named.path("acme") + "?auth_token=acme-token",
                    named.operation.verb(),
                    named.body(),
                    Map.of())
                .status())
        .isEqualTo(named.isDownload() ? 404 : 401);
  }

  @ParameterizedTest
  @MethodSource("closed")
  void aTokenWithoutTheScopeIsRefusedAndNothingChanges(Named named) {
    Scope scope = named.operation.scope().orElseThrow();
    Set<Scope> others = EnumSet.complementOf(EnumSet.of(scope));
    for (Access access :
        List.of(new Access.OfAccount(ApiFixture.ACME, others), new Access.SuperAdmin(others))) {
      fixture.tokens = token -> Optional.of(access);
      Reply reply = send(named, "acme", Map.of("X-Auth-Token", "any"));
      assertThat(reply.status()).isEqualTo(403);
      assertThat(reply.data().path("message").asString())
          .isEqualTo("the token does not have the scope \"" + scope.key() + "\"");
    }
  }

  @ParameterizedTest
  @MethodSource("ofAccounts")
  void anotherAccountIsForbiddenAndAnUnknownOneIsNotFound(Named named) {
    Reply other = send(named, "other", Map.of("X-Auth-Token", "acme-token"));
    assertThat(other.status()).isEqualTo(403);
    assertThat(other.data().path("message").asString())
        .isEqualTo("the token does not give access to this account");
    assertThat(send(named, "nobody", Map.of("X-Auth-Token", "acme-token")).status()).isEqualTo(403);
    assertThat(send(named, "nobody", Map.of("X-Auth-Token", ApiFixture.ADMIN_TOKEN)).status())
        .isEqualTo(404);
  }

  @ParameterizedTest
  @MethodSource("withEnvelopes")
  void aBodyThatIsNoEnvelopeIsRefused(Named named) {
    for (String body : List.of("{", "7", "[]", "{'data':'x'}", "{'data':{},'data':{}}")) {
      Reply reply =
          fixture.send(
              named.path("acme"),
              named.operation.verb(),
              body,
              Map.of("X-Auth-Token", ApiFixture.ADMIN_TOKEN),
              "");
      assertThat(reply.status()).as(body).isEqualTo(400);
      assertThat(reply.data().path("message").asString()).isNotEmpty();
    }
  }

  /** Bodies of other content types, as clients would send them. */
  private static final Map<String, String> OTHER_CONTENT =
      Map.of(
          "application/x-www-form-urlencoded", "name=x&action=lock",
          "multipart/form-data; boundary=b",
              "--b\r\nContent-Disposition: form-data; name='data'\r\n\r\n{}\r\n--b--\r\n",
          "application/xml", "<data><name>x</name></data>",
          "text/plain; charset=utf-16", "name: x",
          "application/octet-stream", "\u0000\u0001\u0002");

  @ParameterizedTest
  @MethodSource("withEnvelopes")
  void aBodyOfAnotherContentTypeIsRefused(Named named) {
    OTHER_CONTENT.forEach((type, body) -> {
      Reply reply =
          fixture.send(
              named.path("acme"),
              named.operation.verb(),
              body,
              Map.of("X-Auth-Token", ApiFixture.ADMIN_TOKEN, "Content-Type", type));
      assertThat(reply.status()).as(type).isEqualTo(400);
      assertThat(reply.message()).isEqualTo("invalid request envelope");
    });
  }

  /** {@code curl -d} calls everything a form, and Kazoo takes it for JSON as well. */
  @ParameterizedTest
  @MethodSource("operations")
  void jsonIsReadWhateverItsContentTypeSays(Named named) {
    int expected = sent(named, "application/json");
    for (String type : List.of("application/x-www-form-urlencoded", "nonsense")) {
      assertThat(sent(named, type)).as(type).isEqualTo(expected);
    }
  }

  private static int sent(Named named, String type) {
    return new ApiFixture()
        .send(
            named.path("acme"),
            named.operation.verb(),
            named.body(),
            Map.of("X-Auth-Token", ApiFixture.ADMIN_TOKEN, "Content-Type", type))
        .status();
  }

  @ParameterizedTest
  @MethodSource("operations")
  void anotherMethodIsRefusedWithThoseThatThereAre(Named named) {
    Set<String> supported =
        operations()
            .filter(it -> it.path("acme").equals(named.path("acme")))
            .map(it -> it.operation.verb())
            .collect(java.util.stream.Collectors.toSet());
    for (String verb : VERBS) {
      if (!supported.contains(verb)) {
        Reply reply =
            fixture.send(
                named.path("acme"), verb, "", Map.of("X-Auth-Token", ApiFixture.ADMIN_TOKEN));
        assertThat(reply.status()).as(verb).isEqualTo(405);
        assertThat(reply.headers().get("Allow").split(", ")).contains(named.operation.verb());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("operations")
  void nothingThatAClientSendsIsAnInternalError(Named named) {
    for (String body :
        List.of("", "{}", "{'data':[]}", "{'data':{}}", "{'data':{'name':7,'action':[]}}")) {
      Reply reply =
          fixture.send(
              named.path("acme"),
              named.operation.verb(),
              named.operation.verb().equals("GET") ? "" : body,
              Map.of("X-Auth-Token", ApiFixture.ADMIN_TOKEN),
              "");
      assertThat(reply.status()).as(body).isNotIn(500, 503);
    }
  }

  @ParameterizedTest
  @MethodSource("logins")
  void anOperationWithoutATokenChangesNothingWithoutCredentials(Named named) {
    Reply reply = fixture.send(named.path("acme"), named.operation.verb(), BODY, Map.of(), "");
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.body().has("auth_token")).isFalse();
  }
}
