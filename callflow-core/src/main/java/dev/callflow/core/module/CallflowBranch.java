package dev.callflow.core.module;

import dev.callflow.core.ModuleContext;
import dev.callflow.core.Outcome;
import dev.callflow.core.document.Json;
import dev.callflow.core.document.ParsedCallflow;
import dev.callflow.core.time.OneLine;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code callflow}: runs another callflow, then continues at this node's wildcard child. */
final class CallflowBranch implements BuiltIn {

  private static final Logger LOG = LoggerFactory.getLogger(CallflowBranch.class);

  @Override
  public String name() {
    return "callflow";
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
