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
 * Computes the content of a document from its id and a stamp, so that a test can check whether a
 * stored document is complete.
 */
final class DocumentContent {

  static final List<DocumentType> TYPES = List.of(DocumentType.CONFERENCE, DocumentType.CALLFLOW);

  /** The numbers that all documents of a type compete for, so that some changes are refused. */
  static final Set<String> NUMBERS =
      new TreeSet<>(IntStream.range(2000, 4000).mapToObj(String::valueOf).toList());

  private DocumentContent() {}

  /** Returns an id that contains the type, because the output of a host contains only ids. */
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

  /** Varies the length, because databases store short, long and very long strings differently. */
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
