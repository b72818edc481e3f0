package dev.callflow.api.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.callflow.api.access.Scope;
import dev.callflow.api.answer.Answer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ApiOperationsTests {

  private static final ApiOperation ROOM =
      operation("GET", "/v2/accounts/{account}/conferences/{id}");
  private static final ApiOperation ACT =
      operation("PUT", "/v2/accounts/{account}/conferences/{id}");
  private static final ApiOperation HISTORY =
      operation("GET", "/v2/accounts/{account}/conferences/history");
  private static final ApiOperation VISIT =
      operation("GET", "/v2/accounts/{account}/conferences/{id}/visits");

  private final ApiOperations operations = new ApiOperations(List.of(ROOM, ACT, HISTORY, VISIT));

  private static ApiOperation operation(String verb, String path) {
    return ApiOperation.of(verb, path, Scope.READ, call -> Answer.notFound(path));
  }

  @Test
  void segmentsInBracesStandForAnyDecodedValue() {
    assertThat(operations.find("GET", "/v2/accounts/acme/conferences/b%C3%A4r+1%2F2"))
        .isEqualTo(new ApiOperations.Found.One(ROOM, Map.of("account", "acme", "id", "bär+1/2")));
  }

  @Test
  void aSlashAtTheEndMakesNoDifference() {
    assertThat(operations.find("PUT", "/v2/accounts/acme/conferences/w1/"))
        .isEqualTo(new ApiOperations.Found.One(ACT, Map.of("account", "acme", "id", "w1")));
  }

  @Test
  void aNamedSegmentIsPreferred() {
    assertThat(operations.find("GET", "/v2/accounts/acme/conferences/history"))
        .isEqualTo(new ApiOperations.Found.One(HISTORY, Map.of("account", "acme")));
  }

  @Test
  void aValueMayBeANameIfOnlyThatLeadsToAnEndpoint() {
    assertThat(operations.find("GET", "/v2/accounts/acme/conferences/history/visits"))
        .isEqualTo(new ApiOperations.Found.One(VISIT, Map.of("account", "acme", "id", "history")));
  }

  @Test
  void getAlsoAnswersHead() {
    assertThat(operations.find("HEAD", "/v2/accounts/acme/conferences/w1"))
        .isEqualTo(new ApiOperations.Found.One(ROOM, Map.of("account", "acme", "id", "w1")));
  }

  @Test
  void anotherVerbGetsTheSupportedOnes() {
    assertThat(operations.find("DELETE", "/v2/accounts/acme/conferences/w1"))
        .isEqualTo(
            new ApiOperations.Found.OtherVerbs(
                Set.of("GET", "HEAD", "PUT"), Map.of("account", "acme", "id", "w1")));
  }

  @Test
  void otherPathsHaveNoEndpoint() {
    assertThat(List.of("/", "/v2/accounts/acme/conferences", "/v2/accounts/acme/x/w1/visits"))
        .allSatisfy(path ->
            assertThat(operations.find("GET", path)).isEqualTo(new ApiOperations.Found.None()));
  }

  @Test
  void twoEndpointsWithTheSameVerbAndPathAreRefused() {
    assertThatThrownBy(() -> new ApiOperations(List.of(ROOM, ROOM)))
        .hasMessage("there are two operations for GET /v2/accounts/{account}/conferences/{id}");
  }
}
