package dev.callflow.core.module;

import dev.callflow.core.ModuleContext;
import dev.callflow.core.Outcome;
import dev.callflow.core.document.Json;
import tools.jackson.databind.node.ObjectNode;

/** {@code tts}: speaks text with the speech engine of the switch. */
final class Tts implements BuiltIn {

  @Override
  public String name() {
    return "tts";
  }

  @Override
  public Outcome run(ModuleContext context) {
    ObjectNode data = context.data();
    String text = Json.text(data, "text").orElse("").replaceAll("\\p{Cntrl}+", " ").strip();
    if (text.isEmpty()) {
      return new Outcome.Continue();
    }
    context.call().answer();
    context
        .call()
        .speak(
            text,
            word(data, "voice"),
            word(data, "language"),
            word(data, "engine"),
            Terminators.of(data));
    context.call().discardDigits();
    return new Outcome.Continue();
  }

  private static String word(ObjectNode data, String key) {
    return Json.text(data, key).filter(word -> word.matches("[A-Za-z0-9_-]{1,64}")).orElse("");
  }
}
