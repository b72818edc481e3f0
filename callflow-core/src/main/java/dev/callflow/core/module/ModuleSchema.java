package dev.callflow.core.module;

import dev.callflow.core.advice.KnownKeys;
import dev.callflow.core.document.DocumentSchema;
import dev.callflow.core.document.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.node.ObjectNode;

/** The schemas for the data of the built-in modules, loaded on first use. */
final class ModuleSchema {

  private record Rules(DocumentSchema schema, KnownKeys keys) {}

  private static final Map<String, Rules> LOADED = new ConcurrentHashMap<>();

  private ModuleSchema() {}

  /** Returns violations of the schema, and warnings about unknown keys. */
  static List<Problem> check(String module, ObjectNode data) {
    Rules rules = rules(module);
    List<Problem> problems = new ArrayList<>(rules.schema().check(data));
    problems.addAll(rules.keys().check(data));
    return problems;
  }

  /** Returns a copy of the schema. */
  static ObjectNode source(String module) {
    return rules(module).schema().source();
  }

  private static Rules rules(String module) {
    return LOADED.computeIfAbsent(module, ModuleSchema::load);
  }

  private static Rules load(String module) {
    DocumentSchema schema =
        DocumentSchema.load(
            "callflows." + module, ModuleSchema.class.getResourceAsStream(module + ".json"));
    return new Rules(schema, KnownKeys.of(schema));
  }
}
