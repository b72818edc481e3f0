package dev.callflow.core.advice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.core.document.DocumentSchema;
import dev.callflow.core.document.Json;
import dev.callflow.core.document.Problem;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class KnownKeysTests {

  private static final String SCHEMA =
      """
      {"type":"object","properties":{
        "name":{"type":"string"},
        "free":{"type":"object"},
        "role":{"type":"object","properties":{"pins":{"type":"array"},"join_muted":{}}},
        "groups":{"type":"object","additionalProperties":{"type":"array","items":
          {"type":"object","properties":{"digits":{},"action":{}}}}}}}\
      """;

  @Test
  void knownPrivateAndInterfaceKeysAreNotReported() {
    assertThat(
            check(
                """
                {"id":"a","name":"x","_rev":"1","pvt_owner":"y","ui_flags":{},
                 "free":{"anything":{"goes":1}},"groups":{"any":[{"digits":"1"}]}}\
                """))
        .isEmpty();
  }

  @Test
  void unknownKeysAreReportedAtEveryDepth() {
    assertThat(
            check(
                """
                {"nmae":"x","colour":1,"role":{"pin":[]},"groups":{"a/b":[{},{"digit":"1"}]},
                 "join_muted":true}\
                """))
        .containsExactly(
            "/nmae: warning: unknown key, which has no effect; did you mean \"name\"?",
            "/colour: warning: unknown key, which has no effect",
            "/role/pin: warning: unknown key, which has no effect; did you mean \"pins\"?",
            "/groups/a~1b/1/digit: warning: unknown key, which has no effect; did you mean"
                + " \"digits\"?",
            "/join_muted: warning: unknown key, which has no effect; did you mean"
                + " \"role.join_muted\"?");
  }

  @Test
  void valuesOfTheWrongTypeAreLeftToTheSchema() {
    assertThat(check("{\"role\":5,\"groups\":[1,null],\"name\":{\"x\":1}}")).isEmpty();
  }

  @Test
  void atMostAHundredKeysAreReported() {
    ObjectNode many = Json.object();
    for (int i = 0; i < 1000; i++) {
      many.put("key of nobody " + i, i);
    }
    assertThat(check(many.toString())).hasSize(100);
  }

  private static List<String> check(String document) {
    DocumentSchema schema =
        DocumentSchema.load(
            "test", new ByteArrayInputStream(SCHEMA.getBytes(StandardCharsets.UTF_8)));
    return KnownKeys.of(schema, "id").check(Json.readObject(document)).stream()
        .map(Problem::toString)
        .toList();
  }
}
