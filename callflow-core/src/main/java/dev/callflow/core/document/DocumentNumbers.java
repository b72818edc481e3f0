package dev.callflow.core.document;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Determines the numbers that must be unique among the documents of a type within an account
 * (docs/spec/api.md#documents).
 */
public final class DocumentNumbers {

  private DocumentNumbers() {}

  /**
   * Returns the numbers of a document: the numbers that callers dial for a callflow, or that they
   * enter for a conference.
   *
   * @param type the document's type
   * @param body the document
   * @return the normalised numbers in ascending order; empty for other types
   */
  public static Set<String> of(DocumentType type, ObjectNode body) {
    return switch (type) {
      case CALLFLOW -> callflow(body);
      case CONFERENCE -> {
        Set<String> numbers = new TreeSet<>(strings(body.path("conference_numbers")));
        numbers.addAll(strings(body.path("member").path("numbers")));
        numbers.addAll(strings(body.path("moderator").path("numbers")));
        yield numbers;
      }
      case DEVICE, USER, MEDIA, WEBHOOK -> Set.of();
    };
  }

  private static Set<String> callflow(ObjectNode body) {
    Set<String> numbers = new TreeSet<>();
    for (String number : strings(body.path("numbers"))) {
      numbers.add(number.equals(ParsedCallflow.NO_MATCH) ? number : CallNumber.normalise(number));
    }
    return numbers;
  }

  private static List<String> strings(JsonNode list) {
    List<String> strings = new ArrayList<>();
    if (list.isArray()) {
      for (JsonNode entry : list.values()) {
        if ((entry.isString() || entry.isIntegralNumber()) && !entry.asString().isEmpty()) {
          strings.add(entry.asString());
        }
      }
    }
    return strings;
  }
}
