package dev.callflow.api.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.callflow.api.access.Scope;
import dev.callflow.api.answer.Answer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EndpointsTests {

  private static final Endpoint ROOM = endpoint("GET", "/v2/accounts/{account}/conferences/{id}");
  private static final Endpoint ACT = endpoint("PUT", "/v2/accounts/{account}/conferences/{id}");
  private static final Endpoint HISTORY =
      endpoint("GET", "/v2/accounts/{account}/conferences/history");
  private static final Endpoint VISIT =
      endpoint("GET", "/v2/accounts/{account}/conferences/{id}/visits");

  private final Endpoints endpoints = new Endpoints(List.of(ROOM, ACT, HISTORY, VISIT));

  private static Endpoint endpoint(String verb, String path) {
    return Endpoint.of(verb, path, Scope.READ, call -> Answer.notFound(path));
  }

  @Test
  void segmentsInBracesStandForAnyDecodedValue() {
    assertThat(endpoints.find("GET", "/v2/accounts/acme/conferences/b%C3%A4r+1%2F2"))
        .isEqualTo(new Endpoints.Found.One(ROOM, Map.of("account", "acme", "id", "bär+1/2")));
  }

  @Test
  void aSlashAtTheEndMakesNoDifference() {
    assertThat(endpoints.find("PUT", "/v2/accounts/acme/conferences/w1/"))
        .isEqualTo(new Endpoints.Found.One(ACT, Map.of("account", "acme", "id", "w1")));
  }

  @Test
  void aNamedSegmentIsPreferred() {
    assertThat(endpoints.find("GET", "/v2/accounts/acme/conferences/history"))
        .isEqualTo(new Endpoints.Found.One(HISTORY, Map.of("account", "acme")));
  }

  @Test
  void aValueMayBeANameIfOnlyThatLeadsToAnEndpoint() {
    assertThat(endpoints.find("GET", "/v2/accounts/acme/conferences/history/visits"))
        .isEqualTo(new Endpoints.Found.One(VISIT, Map.of("account", "acme", "id", "history")));
  }

  @Test
  void getAlsoAnswersHead() {
    assertThat(endpoints.find("HEAD", "/v2/accounts/acme/conferences/w1"))
        .isEqualTo(new Endpoints.Found.One(ROOM, Map.of("account", "acme", "id", "w1")));
  }

  @Test
  void anotherVerbGetsTheSupportedOnes() {
    assertThat(endpoints.find("DELETE", "/v2/accounts/acme/conferences/w1"))
        .isEqualTo(
            new Endpoints.Found.OtherVerbs(
                Set.of("GET", "HEAD", "PUT"), Map.of("account", "acme", "id", "w1")));
  }

  @Test
  void otherPathsHaveNoEndpoint() {
    assertThat(List.of("/", "/v2/accounts/acme/conferences", "/v2/accounts/acme/x/w1/visits"))
        .allSatisfy(
            path -> assertThat(endpoints.find("GET", path)).isEqualTo(new Endpoints.Found.None()));
  }

  @Test
  void twoEndpointsWithTheSameVerbAndPathAreRefused() {
    assertThatThrownBy(() -> new Endpoints(List.of(ROOM, ROOM)))
        .hasMessage("there are two endpoints for GET /v2/accounts/{account}/conferences/{id}");
  }
}
