package dev.callflow.core.module;

import dev.callflow.core.ModuleContext;
import dev.callflow.core.Outcome;
import dev.callflow.core.call.HangupCause;
import dev.callflow.core.document.Json;
import dev.callflow.core.document.Node;
import dev.callflow.core.limit.DestinationRefusal;
import dev.callflow.core.time.OneLine;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code transfer}: transfers the caller to another number, out of the callflow. If the account may
 * not call the number, the call continues at the child {@code forbidden}.
 */
final class Transfer implements BuiltIn {

  private static final Logger LOG = LoggerFactory.getLogger(Transfer.class);

  private static final String FORBIDDEN = "forbidden";

  @Override
  public String name() {
    return "transfer";
  }

  @Override
  public Outcome run(ModuleContext context) {
    String number = Json.text(context.data(), "number").orElse("");
    if (!number.matches("\\+?[0-9*#]{1,32}")) {
      LOG.warn("{}/data/number: is not a valid number", OneLine.of(context.node().path()));
      return new Outcome.Continue();
    }
    Optional<DestinationRefusal> refusal = context.call().transfer(number);
    if (refusal.isEmpty()) {
      return new Outcome.Transferred();
    }
    LOG.warn(
        "account {}: {}/data/number: {}",
        context.account().id(),
        context.node().path(),
        refusal.get().message());
    Map<String, Node> children = context.node().children();
    return children.containsKey(FORBIDDEN) || children.containsKey(Node.WILDCARD)
        ? new Outcome.ContinueAt(FORBIDDEN)
        : new Outcome.StopWith(HangupCause.OUTGOING_CALL_BARRED);
  }
}
