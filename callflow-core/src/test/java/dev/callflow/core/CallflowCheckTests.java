package dev.callflow.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.core.call.MediaGuard;
import dev.callflow.core.document.Document;
import dev.callflow.core.document.DocumentType;
import dev.callflow.core.document.Json;
import dev.callflow.core.document.Problem;
import dev.callflow.core.module.BuiltInModules;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class CallflowCheckTests {

  @Test
  void aValidCallflowHasNoProblems() {
    assertThat(
            check(
                """
                {"name":"x","numbers":["1","no_match"],"patterns":["^2$"],"flow":{},"_own":5,
                 "featurecode":{"name":"park","number":"3"},"flags":["a"],"metadata":{}}\
                """))
        .isEmpty();
  }

  @Test
  void violationsOfTheSchemaAreReported() {
    assertThat(
            check(
                """
                {"numbers":["1","1","1234567890123456789012345678901234567"],"flow":{},
                 "featurecode":{"name":""},"flags":[5],"owner_id":7}\
                """))
        .containsExactlyInAnyOrder(
            "/numbers: must not contain the same item twice",
            "/numbers/2: must have at most 36 characters",
            "/featurecode/name: must have at least 1 character",
            "/flags/0: must be of type string",
            "/owner_id: must be of type string");
  }

  @Test
  void aModuleThatFailsToCheckItsDataIsReportedWithoutTheData() {
    CallflowModule failing =
        new CallflowModule() {
          @Override
          public String name() {
            return "failing";
          }

          @Override
          public List<Problem> check(ObjectNode data) {
            throw new IllegalStateException(data.toString());
          }

          @Override
          public Outcome run(ModuleContext context) {
            return new Outcome.Stop();
          }
        };
    ObjectNode body =
        Json.readObject(
            "{\"numbers\":[\"1\"],"
                + "\"flow\":{\"module\":\"failing\",\"data\":{\"pin\":\"482913\"}}}");

    assertThat(
            new CallflowCheck(List.of(failing), MediaGuard.standard())
                .check(new Document(DocumentType.CALLFLOW, "f", body, "f.json")))
        .containsExactly(
            Problem.at(
                "/flow/data",
                "cannot be checked, because module \"failing\" failed:"
                    + " java.lang.IllegalStateException"));
  }

  @Test
  void theDeepestTreeThatCanBeParsedIsChecked() {
    assertThat(
            check(
                "{\"numbers\":[\"1\"],\"flow\":"
                    + "{\"module\":\"hangup\",\"children\":{\"_\":".repeat(249)
                    + "{}"
                    + "}}".repeat(249)
                    + "}"))
        .isEmpty();
  }

  @Test
  void aProblemIsReportedOnceAndWithItsConsequence() {
    assertThat(check("{\"numbers\":[1,\"\"],\"flow\":{\"data\":{}}}"))
        .containsExactly(
            "/numbers/0: is a number, but must be a string; treated as a string",
            "/numbers/1: must be a non-empty string; ignored",
            "/flow: missing required property \"module\"; the call continues at the wildcard"
                + " child");
  }

  @Test
  void anUnknownModuleIsAWarningWithTheNearestName() {
    assertThat(
            check(
                """
                {"numbers":["1"],"flow":{"module":"menue","children":{
                  "_":{"module":"fax","data":{"anything":1}}}}}\
                """))
        .containsExactly(
            "/flow/module: warning: unknown module \"menue\"; the call continues at the wildcard"
                + " child; did you mean \"menu\"?",
            "/flow/children/_/module: warning: unknown module \"fax\"; the call continues at the"
                + " wildcard child");
  }

  @Test
  void unknownKeysOfTheDocumentOfNodesAndOfTheirDataAreWarnings() {
    assertThat(
            check(
                """
                {"numbers":["1"],"colour":5,"number":["2"],"flow":{"module":"play",
                 "data":{"id":"x","loop_cuont":3},"childern":{"_":{}}}}\
                """))
        .containsExactly(
            "/colour: warning: unknown key, which has no effect",
            "/number: warning: unknown key, which has no effect; did you mean \"numbers\"?",
            "/flow/childern: warning: unknown key, which has no effect; did you mean"
                + " \"children\"?",
            "/flow/data/loop_cuont: warning: unknown key, which has no effect; did you mean"
                + " \"loop_count\"?");
  }

  @Test
  void aNodeWithAMisspeltModuleHasAHint() {
    assertThat(check("{\"numbers\":[\"1\"],\"flow\":{\"modul\":\"play\"}}"))
        .containsExactly(
            "/flow: missing required property \"module\"; the call continues at the wildcard"
                + " child",
            "/flow/modul: warning: unknown key, which has no effect; did you mean \"module\"?");
  }

  @Test
  void unplayableMediaIsReportedWithItsPlace() {
    assertThat(
            check(
                """
                {"numbers":["1"],"flow":{"module":"menu","data":{"greeting":"hello",
                 "invalid_media":"/etc/passwd","exit_media":"http://169.254.169.254/"}}}\
                """))
        .containsExactly(
            "/flow/data/invalid_media: is not a playable file; expected a sound file in a folder"
                + " that the host application allows",
            "/flow/data/exit_media: is not a playable URL; expected a plain URL on an allowed media"
                + " host");
  }

  private static List<String> check(String text) {
    Document document = new Document(DocumentType.CALLFLOW, "f", Json.readObject(text), "f");
    return new CallflowCheck(new BuiltInModules().modules(), MediaGuard.standard())
        .check(document).stream().map(Problem::toString).toList();
  }
}
