package dev.callflow.core.module;

import dev.callflow.core.CallflowModule;
import dev.callflow.core.Outcome;
import dev.callflow.core.Step;
import dev.callflow.core.document.Json;
import dev.callflow.core.document.Problem;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code branch_variable}: goes on at the child that is named as a variable's value. */
final class BranchVariable implements CallflowModule {

  @Override
  public String name() {
    return "branch_variable";
  }

  @Override
  public List<Problem> check(ObjectNode data) {
    return ModuleSchema.check(name(), data);
  }

  @Override
  public Outcome run(Step step) {
    String name = Json.text(step.data(), "variable").orElse("");
    return value(step, name).<Outcome>map(Outcome.ContinueAt::new).orElseGet(Outcome.Continue::new);
  }

  private static Optional<String> value(Step step, String name) {
    return switch (Json.text(step.data(), "scope").orElse("custom_application_vars")) {
      case "account" ->
          Optional.of(step.account().config().at("/" + name.replace('.', '/')))
              .filter(JsonNode::isValueNode)
              .map(JsonNode::asString);
      case "custom_channel_vars" -> step.call().incoming().variable(name);
      default ->
          Optional.ofNullable(step.variables().get(name))
              .or(() -> step.call().incoming().variable(name));
    };
  }
}
