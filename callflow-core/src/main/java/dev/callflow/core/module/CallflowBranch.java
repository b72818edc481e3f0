package dev.callflow.core.module;

import dev.callflow.core.CallflowModule;
import dev.callflow.core.ModuleContext;
import dev.callflow.core.Outcome;
import dev.callflow.core.document.Json;
import dev.callflow.core.document.ParsedCallflow;
import dev.callflow.core.document.Problem;
import dev.callflow.core.time.OneLine;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@code callflow}: runs another callflow, then continues at this node's wildcard child. */
final class CallflowBranch implements CallflowModule {

  private static final Logger LOG = LoggerFactory.getLogger(CallflowBranch.class);

  @Override
  public String name() {
    return "callflow";
  }

  @Override
  public List<Problem> check(ObjectNode data) {
    return ModuleSchema.check(name(), data);
  }

  @Override
  public Outcome run(ModuleContext context) {
    String id = Json.text(context.data(), "id").orElse("");
    Optional<ParsedCallflow> other = context.callflows().byId(context.account().id(), id);
    if (other.isEmpty()) {
      LOG.warn("{}: callflow {} does not exist", OneLine.of(context.node().path()), OneLine.of(id));
      return new Outcome.Continue();
    }
    return new Outcome.Branch(id, other.get().flow());
  }
}
