package dev.callflow.core.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** How a document is parsed, and which problems are reported. */
class CallflowParserTests {

  @Test
  void aTreeIsParsedWithPathsAndWithChildrenInOrder() {
    ParsedCallflow callflow =
        parse(
                """
                {"name":"Front","numbers":["1 2"],"patterns":["^3$"],"flow":{"module":"menu",
                 "data":{"retries":1},"children":{"b":{"module":"play"},"a":{}}}}\
                """)
            .callflow();

    assertThat(callflow.name()).isEqualTo("Front");
    assertThat(callflow.numbers()).containsExactly("12");
    assertThat(callflow.patterns()).containsExactly("^3$");
    Node.Action root = (Node.Action) callflow.flow();
    assertThat(root.module()).isEqualTo("menu");
    assertThat(root.data().path("retries").asInt()).isEqualTo(1);
    assertThat(root.children().keySet()).containsExactly("b", "a");
    assertThat(root.children().get("b").path()).hasToString("/flow/children/b");
    assertThat(root.children().get("a")).isInstanceOf(Node.Empty.class);
  }

  @Test
  void aCallflowWithoutANameIsNamedByItsId() {
    assertThat(parse("{\"numbers\":[\"1\"],\"flow\":{}}").callflow().name()).isEqualTo("f");
  }

  @Test
  void anEmptyChildCountsAsMissing() {
    Node.Action root =
        (Node.Action)
            parse("{\"numbers\":[\"1\"],\"flow\":{\"module\":\"menu\",\"children\":{\"1\":{}}}}")
                .callflow()
                .flow();

    assertThat(root.child("1")).isEmpty();
  }

  @Test
  void aCallflowWithoutAFlowHangsUp() {
    CallflowParser.Parsed parsed = parse("{\"numbers\":[\"1\"]}");

    assertThat(parsed.callflow().flow()).isInstanceOf(Node.Empty.class);
    assertThat(problems(parsed))
        .containsExactly("missing property \"flow\"; calls to the callflow are hung up");
  }

  @Test
  void aMalformedNodeKeepsItsChildren() {
    CallflowParser.Parsed parsed =
        parse(
            """
            {"numbers":["1"],"flow":{"children":{"_":{"module":"play"},"1":7}}}\
            """);

    assertThat(parsed.callflow().flow()).isInstanceOf(Node.Malformed.class);
    Node.Malformed root = (Node.Malformed) parsed.callflow().flow();
    assertThat(root.children().get("_")).isInstanceOf(Node.Action.class);
    assertThat(root.children().get("1")).isInstanceOf(Node.Malformed.class);
    assertThat(problems(parsed))
        .containsExactly(
            "/flow/children/1: must be an object",
            "/flow: missing required property \"module\"; the call continues at the wildcard"
                + " child");
  }

  @Test
  void dataAndChildrenOfTheWrongTypeAreIgnored() {
    CallflowParser.Parsed parsed =
        parse("{\"numbers\":[\"1\"],\"flow\":{\"module\":\"play\",\"data\":[],\"children\":[]}}");

    assertThat(((Node.Action) parsed.callflow().flow()).data()).isEmpty();
    assertThat(problems(parsed))
        .containsExactlyInAnyOrder(
            "/flow/data: must be an object; treated as empty",
            "/flow/children: must be an object; ignored");
  }

  @Test
  void aChildWithAnEmptyKeyIsIgnored() {
    CallflowParser.Parsed parsed =
        parse("{\"numbers\":[\"1\"],\"flow\":{\"module\":\"menu\",\"children\":{\"\":{}}}}");

    assertThat(((Node.Action) parsed.callflow().flow()).children()).isEmpty();
    assertThat(problems(parsed))
        .containsExactly("/flow/children: has a child with an empty key; ignored");
  }

  @Test
  void numbersOfTheWrongTypeAreReportedAndUsedIfPossible() {
    CallflowParser.Parsed parsed = parse("{\"numbers\":[7,\"\",true],\"flow\":{}}");

    assertThat(parsed.callflow().numbers()).containsExactly("7");
    assertThat(problems(parsed))
        .containsExactly(
            "/numbers/0: is a number, but must be a string; treated as a string",
            "/numbers/1: must be a non-empty string; ignored",
            "/numbers/2: must be a non-empty string; ignored");
  }

  @Test
  void aNumbersPropertyThatIsNotAListIsIgnored() {
    assertThat(problems(parse("{\"numbers\":\"1\",\"patterns\":[\"^2\"],\"flow\":{}}")))
        .containsExactly("/numbers: must be a list");
  }

  @Test
  void aCallflowWithNeitherNumbersNorPatternsCausesAWarning() {
    assertThat(problems(parse("{\"flow\":{}}")))
        .containsExactly(
            "warning: has neither numbers nor patterns; only other callflows can reach it");
  }

  private static CallflowParser.Parsed parse(String text) {
    return CallflowParser.parse("f", Json.readObject(text));
  }

  private static List<String> problems(CallflowParser.Parsed parsed) {
    return parsed.problems().stream().map(Problem::toString).toList();
  }
}
