package dev.callflow.core.module;

import dev.callflow.core.document.DocumentSchema;
import dev.callflow.core.document.Problem;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.node.ObjectNode;

/** The schemas for the data of the built-in modules, loaded on first use. */
final class ModuleSchema {

  private static final Map<String, DocumentSchema> LOADED = new ConcurrentHashMap<>();

  private ModuleSchema() {}

  static List<Problem> check(String module, ObjectNode data) {
    return LOADED
        .computeIfAbsent(
            module,
            name ->
                DocumentSchema.load(
                    "callflows." + name, ModuleSchema.class.getResourceAsStream(name + ".json")))
        .check(data);
  }
}
