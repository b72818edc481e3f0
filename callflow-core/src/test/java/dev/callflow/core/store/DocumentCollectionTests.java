package dev.callflow.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.core.document.Document;
import dev.callflow.core.document.DocumentType;
import dev.callflow.core.document.Json;
import dev.callflow.core.document.Revision;
import dev.callflow.core.document.StoredDocument;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

class DocumentCollectionTests {

  private static final long SEED = 20261130;

  private final DocumentCollection collection = new DocumentCollection();

  /** Numbers are few, so that many documents share them, as files may. */
  @Test
  void theIndexFindsWhatASearchOfAllDocumentsFinds() {
    Random random = new Random(SEED);
    TreeMap<String, List<String>> numbersById = new TreeMap<>();
    for (int round = 0; round < 2_000; round++) {
      String id = "c" + random.nextInt(20);
      if (random.nextInt(4) == 0) {
        collection.remove(id);
        numbersById.remove(id);
      } else {
        List<String> numbers =
            random.ints(random.nextInt(4), 0, 10).mapToObj(String::valueOf).toList();
        collection.put(conference(id, numbers));
        numbersById.put(id, numbers);
      }
      String number = String.valueOf(random.nextInt(10));
      List<String> owners =
          numbersById.keySet().stream()
              .filter(owner -> numbersById.get(owner).contains(number))
              .toList();
      assertThat(collection.withNumber(number)).extracting(Document::id).isEqualTo(owners);
      assertThat(collection.isTaken(number, id))
          .isEqualTo(owners.stream().anyMatch(owner -> !owner.equals(id)));
      assertThat(collection.all())
          .extracting(Document::id)
          .containsExactlyElementsOf(numbersById.keySet());
    }
  }

  @Test
  void theListIsTheSameUntilADocumentChanges() {
    collection.put(conference("c1", List.of("1")));
    List<Document> before = collection.all();
    assertThat(collection.all()).isSameAs(before);

    collection.put(conference("c1", List.of("2")));

    assertThat(collection.all()).isNotSameAs(before);
  }

  private static StoredDocument conference(String id, List<String> numbers) {
    ObjectNode body = Json.object();
    ArrayNode list = body.putArray("conference_numbers");
    numbers.forEach(list::add);
    Document document = new Document(DocumentType.CONFERENCE, id, body, id);
    return new StoredDocument(document, Revision.of(1, body), Instant.EPOCH, Instant.EPOCH);
  }
}
