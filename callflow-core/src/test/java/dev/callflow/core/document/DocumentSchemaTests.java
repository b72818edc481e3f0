package dev.callflow.core.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class DocumentSchemaTests {

  private final DocumentSchema schema =
      DocumentSchema.load(
          "rooms",
          new ByteArrayInputStream(
              """
              {"type":"object","required":["name"],"properties":{
               "name":{"type":"string","minLength":1,"maxLength":5},
               "max":{"type":"integer","minimum":1,"maximum":9,"default":4},
               "open":{"type":"boolean","default":true},
               "kind":{"type":"string","enum":["b","a"]},
               "pins":{"type":"array","items":{"type":"string","pattern":"^[0-9]+$"}},
               "member":{"type":"object","properties":{"loud":{"type":"boolean","default":false}}}}}\
              """
                  .getBytes(StandardCharsets.UTF_8)));

  @Test
  void aValidDocumentHasNoProblems() {
    assertThat(check("{'name':'board','max':9,'pins':['123']}")).isEmpty();
  }

  @Test
  void everyViolationIsReportedWithItsPlace() {
    assertThat(check("{'name':'boardroom','max':0,'kind':'c','member':{'loud':7}}"))
        .containsExactlyInAnyOrder(
            "/name: must have at most 5 characters",
            "/max: must be at least 1",
            "/kind: must be one of a, b",
            "/member/loud: must be of type boolean");
  }

  @Test
  void aMissingPropertyIsReportedByName() {
    assertThat(check("{}")).containsExactly("missing required property \"name\"");
  }

  @Test
  void aMessageDoesNotContainTheValue() {
    assertThat(check("{'name':'x','pins':['48x29']}"))
        .containsExactly("/pins/0: must match ^[0-9]+$")
        .noneMatch(it -> it.contains("48x29"));
  }

  @Test
  void stringsThatRepresentBooleansOrIntegersAreReportedAsTolerated() {
    assertThat(check("{'name':'x','open':'true','max':'3'}"))
        .containsExactlyInAnyOrder(
            "/open: is a string, but must be a boolean; treated as a boolean",
            "/max: is a string, but must be an integer; treated as an integer");
  }

  @Test
  void toleratedStringsAreConvertedAndOtherMistakesAreKept() {
    assertThat(schema.repaired(object("{'name':'x','open':'true','max':'03','kind':'c'}")))
        .isEqualTo(object("{'name':'x','open':true,'max':'03','kind':'c'}"));
  }

  @Test
  void defaultsAreAddedForMissingProperties() {
    assertThat(schema.withDefaults(object("{'name':'x','max':2,'member':{}}")))
        .isEqualTo(object("{'name':'x','max':2,'member':{'loud':false},'open':true}"));
  }

  @Test
  void aMissingSchemaResourceIsAnError() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DocumentSchema.load("rooms", null))
        .withMessage("there is no schema for rooms");
  }

  private List<String> check(String document) {
    return schema.check(object(document)).stream().map(Problem::toString).toList();
  }

  private static ObjectNode object(String text) {
    return Json.readObject(text.replace('\'', '"'));
  }
}
