package dev.callflow.core.module;

import dev.callflow.core.ModuleContext;
import dev.callflow.core.Outcome;
import dev.callflow.core.document.Json;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * {@code set_variables}: sets variables for later modules, and also on the leg, where their names
 * have the prefix {@code cav_}.
 */
final class SetVariables implements BuiltIn {

  @Override
  public String name() {
    return "set_variables";
  }

  @Override
  public Outcome run(ModuleContext context) {
    Map<String, String> onLeg = new LinkedHashMap<>();
    Json.object(context.data(), "custom_application_vars")
        .ifPresent(vars ->
            vars.properties()
                .forEach(var -> {
                  if (var.getValue().isValueNode()) {
                    String value = var.getValue().asString();
                    context.variables().put(var.getKey(), value);
                    onLeg.put("cav_" + var.getKey(), value);
                  }
                }));
    if (!onLeg.isEmpty()) {
      context.call().set(onLeg);
    }
    return new Outcome.Continue();
  }
}
