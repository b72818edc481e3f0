package dev.callflow.core.module;

import dev.callflow.core.CallflowModule;
import dev.callflow.core.ModuleContext;
import dev.callflow.core.Outcome;
import dev.callflow.core.document.Json;
import dev.callflow.core.document.Problem;
import dev.callflow.core.time.OneLine;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@code transfer}: transfers the caller to another number, out of the callflow. */
final class Transfer implements CallflowModule {

  private static final Logger LOG = LoggerFactory.getLogger(Transfer.class);

  @Override
  public String name() {
    return "transfer";
  }

  @Override
  public List<Problem> check(ObjectNode data) {
    return ModuleSchema.check(name(), data);
  }

  @Override
  public Outcome run(ModuleContext context) {
    String number = Json.text(context.data(), "number").orElse("");
    if (!number.matches("\\+?[0-9*#]{1,32}")) {
      LOG.warn("{}/data/number: is not a valid number", OneLine.of(context.node().path()));
      return new Outcome.Continue();
    }
    context.call().transfer(number);
    return new Outcome.Transferred();
  }
}
