package dev.callflow.conference.journal;

import dev.callflow.core.document.Json;
import java.util.AbstractList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * The lines of a journal, each read anew when it is looked at: kept as text they take a tenth of
 * the memory.
 */
final class JournalLines extends AbstractList<JsonNode> {

  private final List<String> texts;

  JournalLines(List<String> texts) {
    this.texts = List.copyOf(texts);
  }

  @Override
  public JsonNode get(int index) {
    return Json.read(texts.get(index));
  }

  @Override
  public int size() {
    return texts.size();
  }
}
