package dev.callflow.core.module;

import dev.callflow.core.ModuleContext;
import dev.callflow.core.Outcome;
import dev.callflow.core.document.Json;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** {@code branch_variable}: continues at the child whose key is the value of a variable. */
final class BranchVariable implements BuiltIn {

  @Override
  public String name() {
    return "branch_variable";
  }

  @Override
  public Outcome run(ModuleContext context) {
    String name = Json.text(context.data(), "variable").orElse("");
    return value(context, name)
        .<Outcome>map(Outcome.ContinueAt::new)
        .orElseGet(Outcome.Continue::new);
  }

  private static Optional<String> value(ModuleContext context, String name) {
    return switch (Json.text(context.data(), "scope").orElse("custom_application_vars")) {
      case "account" ->
          Optional.of(context.account().config().at("/" + name.replace('.', '/')))
              .filter(JsonNode::isValueNode)
              .map(JsonNode::asString);
      case "custom_channel_vars" -> context.call().incoming().variable(name);
      default ->
          Optional.ofNullable(context.variables().get(name))
              .or(() -> context.call().incoming().variable(name));
    };
  }
}
