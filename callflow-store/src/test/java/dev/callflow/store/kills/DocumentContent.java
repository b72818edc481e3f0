package dev.callflow.store.kills;

import dev.callflow.core.document.DocumentType;
import dev.callflow.core.document.Json;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a document contains, as a function of its id and of a stamp: who knows the two can tell
 * whether the document is whole.
 */
final class DocumentContent {

  static final List<DocumentType> TYPES = List.of(DocumentType.CONFERENCE, DocumentType.CALLFLOW);

  /** All documents of a type share these, so that writers refuse each other some of them. */
  static final Set<String> NUMBERS =
      new TreeSet<>(IntStream.range(2000, 4000).mapToObj(String::valueOf).toList());

  private DocumentContent() {}

  /** An id says what the document is, because a line of the journal has the id only. */
  static String id(DocumentType type, int writer, int document) {
    return type.name().toLowerCase(Locale.ROOT) + "-" + writer + "-" + document;
  }

  static DocumentType type(String id) {
    return DocumentType.valueOf(id.substring(0, id.indexOf('-')).toUpperCase(Locale.ROOT));
  }

  static ObjectNode body(String id, long stamp) {
    Random random = new Random(stamp);
    Set<String> numbers = new TreeSet<>();
    int count = random.nextInt(random.nextInt(5) == 0 ? 60 : 3);
    for (int i = 0; i < count; i++) {
      numbers.add(String.valueOf(2000 + random.nextInt(NUMBERS.size())));
    }
    return body(id, numbers).put("stamp", stamp).put("text", text(random));
  }

  static ObjectNode body(String id, Set<String> numbers) {
    ObjectNode body = Json.object().put("id", id);
    ArrayNode list =
        body.putArray(type(id) == DocumentType.CALLFLOW ? "numbers" : "conference_numbers");
    numbers.forEach(list::add);
    return body;
  }

  /** Databases keep short, longer and very long texts in different ways. */
  private static String text(Random random) {
    int length =
        switch (random.nextInt(20)) {
          case 0 -> 100_000;
          case 1, 2, 3 -> 10_000;
          case 4, 5, 6, 7, 8, 9 -> 1_000;
          default -> 50;
        };
    return random
        .ints(length, 'a', 'z' + 1)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }
}
