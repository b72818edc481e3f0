package dev.callflow.core.document;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Tells the numbers that only one document of its type and account may have
 * (docs/spec/api.md#documents).
 */
public final class DocumentNumbers {

  private DocumentNumbers() {}

  /**
   * Reads the numbers of a document: of a callflow those at which it is called, of a conference
   * those by which it is asked for.
   *
   * @param type what the document is
   * @param body the document
   * @return the numbers, normalised, in ascending order; empty for other types
   */
  public static Set<String> of(DocumentType type, ObjectNode body) {
    return switch (type) {
      case CALLFLOW -> callflow(body);
      case CONFERENCE -> {
        Set<String> numbers = new TreeSet<>(texts(body.path("conference_numbers")));
        numbers.addAll(texts(body.path("member").path("numbers")));
        numbers.addAll(texts(body.path("moderator").path("numbers")));
        yield numbers;
      }
      case DEVICE, USER, MEDIA -> Set.of();
    };
  }

  private static Set<String> callflow(ObjectNode body) {
    Set<String> numbers = new TreeSet<>();
    for (String number : texts(body.path("numbers"))) {
      numbers.add(number.equals(Callflow.NO_MATCH) ? number : CallNumber.normalise(number));
    }
    return numbers;
  }

  private static List<String> texts(JsonNode list) {
    List<String> texts = new ArrayList<>();
    if (list.isArray()) {
      for (JsonNode entry : list.values()) {
        if ((entry.isString() || entry.isIntegralNumber()) && !entry.asString().isEmpty()) {
          texts.add(entry.asString());
        }
      }
    }
    return texts;
  }
}
