package dev.callflow.core.module;

import dev.callflow.core.CallflowModule;
import dev.callflow.core.document.Problem;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** A module whose data has a schema, in a resource that is named like the module. */
interface BuiltIn extends CallflowModule {

  @Override
  default List<Problem> check(ObjectNode data) {
    return ModuleSchema.check(name(), data);
  }

  @Override
  default Optional<ObjectNode> schema() {
    return Optional.of(ModuleSchema.source(name()));
  }
}
