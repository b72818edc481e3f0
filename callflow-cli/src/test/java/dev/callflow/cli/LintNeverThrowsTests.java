package dev.callflow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.cli.lint.Finding;
import dev.callflow.cli.lint.LintFormat;
import dev.callflow.core.document.Json;
import dev.callflow.host.DocumentChecks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Changes valid documents at random, as JSON and as text. {@code -Dcallflow.lint.mutations=N} sets
 * how often.
 */
@Execution(ExecutionMode.CONCURRENT)
class LintNeverThrowsTests {

  private static final int MUTATIONS = Integer.getInteger("callflow.lint.mutations", 2_000);

  private static final List<String> VALUES =
      List.of(
          "null",
          "true",
          "-1",
          "0.5",
          "1e400",
          "123456789012345678901234567890",
          "\"\"",
          "\"true\"",
          "\"12\"",
          "\"\\u0000\\n$\"",
          "\"\\ud800\"",
          "\"(\"",
          "[]",
          "[[[]]]",
          "{}",
          "{\"\":{}}",
          "[null,1,\"a\",{}]",
          "{\"pin\":\"1\",\"module\":5,\"0\":[]}",
          "[".repeat(150) + "]".repeat(150));

  private static final List<String> KEYS =
      List.of("", "~/", "pin", "module", "moderater", "0", "_", "\n", "x".repeat(500), "flow");

  private static final String EVERYTHING =
      """
      {"id":"x","name":"Board","conference_numbers":["300"],"owner_id":"bob","language":"en",
       "member":{"pins":["482913"],"join_muted":false,"numbers":["1"]},"moderator":{"pins":["739164"]},
       "controls":{"default":[{"action":"mute","digits":"1"},{"action":"event","digits":"12"}]},
       "caller_controls":"default","play_entry_tone":"%(1,0,1)","max_participants":5,
       "profile":{"moh-sound":"local_stream://moh","energy-level":20},"wait_for_moderator":true,
       "endconf_grace_time":5,"max_members_media":"https://x.example.com/full.wav"}\
      """;

  private static final String CONFIGURATION =
      """
      {"config":{"limits":{"calls":5,"allowed_prefixes":["+44"]}},"limits":{"rooms":1}}\
      """;

  private final Random random = new Random(20261130);
  private final Linter linter = new Linter(new DocumentChecks());

  @Test
  void mutationsAreCheckedWithoutAnException() throws IOException {
    List<Map.Entry<Path, String>> documents = documents();
    int found = 0;
    for (int i = 0; i < MUTATIONS; i++) {
      Map.Entry<Path, String> document = documents.get(random.nextInt(documents.size()));
      String text =
          random.nextInt(4) == 0 ? damaged(document.getValue()) : mutated(document.getValue());
      try {
        List<Finding> findings = linter.check(document.getKey(), text);
        for (LintFormat format : LintFormat.values()) {
          assertThat(format.lines(findings)).doesNotContainNull();
        }
        found += findings.isEmpty() ? 0 : 1;
      } catch (RuntimeException | StackOverflowError e) {
        throw new AssertionError("mutation " + i + " of " + document.getKey() + ": " + text, e);
      }
    }
    // Otherwise the mutations would have missed what is checked.
    assertThat(found).isGreaterThan(MUTATIONS / 2);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 100, 490, 499, 500, 501, 100_000})
  void documentsOfAnyDepthAreChecked(int depth) {
    String node = "{\"module\":\"menue\",\"children\":{\"_\":";
    assertThat(
            linter.check(
                Path.of("tree.json"),
                "{\"numbers\":[\"1\"],\"flow\":"
                    + node.repeat(depth / 2)
                    + "{}"
                    + "}}".repeat(depth / 2)
                    + "}"))
        .hasSizeLessThanOrEqualTo(depth);
    String list = "[".repeat(depth) + "]".repeat(depth);
    assertThat(linter.check(Path.of("list.json"), "{\"name\":\"x\",\"controls\":" + list + "}"))
        .isNotEmpty();
  }

  private static List<Map.Entry<Path, String>> documents() throws IOException {
    List<Map.Entry<Path, String>> documents = new ArrayList<>();
    try (Stream<Path> files = Files.walk(Path.of("../examples/data/accounts/acme"))) {
      for (Path file : files.filter(it -> it.toString().endsWith(".json")).sorted().toList()) {
        documents.add(Map.entry(file, Files.readString(file)));
      }
    }
    documents.add(Map.entry(Path.of("everything.json"), EVERYTHING));
    documents.add(
        Map.entry(
            Path.of("everything-in-a-callflow.json"),
            "{\"numbers\":[\"1\"],\"flow\":{\"module\":\"menu\",\"data\":{\"retries\":2},"
                + "\"children\":{\"1\":{\"module\":\"set_variables\",\"data\":{"
                + "\"custom_application_vars\":{\"a\":\"b\"}},\"children\":{\"_\":{\"module\":"
                + "\"conference\",\"data\":{\"config\":"
                + EVERYTHING
                + "}}}}}}}"));
    documents.add(Map.entry(Path.of("account.json"), CONFIGURATION));
    return documents;
  }

  /** Changes some characters. */
  private String damaged(String text) {
    StringBuilder damaged = new StringBuilder(text);
    for (int i = random.nextInt(3); i >= 0; i--) {
      int at = random.nextInt(damaged.length());
      switch (random.nextInt(3)) {
        case 0 -> damaged.deleteCharAt(at);
        case 1 -> damaged.setCharAt(at, "{}[]\",:1\\ax".charAt(random.nextInt(11)));
        default -> damaged.setLength(at + 1);
      }
    }
    return damaged.toString();
  }

  /** Changes some values or keys. */
  private String mutated(String text) {
    ObjectNode body = Json.readObject(text);
    for (int i = random.nextInt(3); i >= 0; i--) {
      List<JsonNode> parents = new ArrayList<>();
      collect(body, parents);
      mutate(parents.get(random.nextInt(parents.size())));
    }
    return body.toString();
  }

  private static void collect(JsonNode node, List<JsonNode> parents) {
    if (node.isContainer()) {
      parents.add(node);
      node.values().forEach(child -> collect(child, parents));
    }
  }

  private void mutate(JsonNode parent) {
    JsonNode value = value();
    if (parent instanceof ArrayNode list) {
      list.insert(random.nextInt(list.size() + 1), value);
    } else if (parent instanceof ObjectNode object) {
      List<String> keys = List.copyOf(object.propertyNames());
      String key = keys.isEmpty() ? "" : keys.get(random.nextInt(keys.size()));
      switch (random.nextInt(4)) {
        case 0 -> object.remove(key);
        case 1 -> object.set(KEYS.get(random.nextInt(KEYS.size())), value);
        case 2 -> {
          JsonNode before = object.remove(key);
          String other =
              key.isEmpty() ? "x" : new StringBuilder(key).deleteCharAt(0).append("s").toString();
          object.set(other, before == null ? value : before);
        }
        default -> object.set(key, value);
      }
    }
  }

  private JsonNode value() {
    return Json.read(VALUES.get(random.nextInt(VALUES.size())));
  }
}
