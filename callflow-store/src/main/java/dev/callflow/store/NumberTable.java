package dev.callflow.store;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Which document has which number. The table's key lets no two have the same one. */
final class NumberTable {

  private static final String DIGEST = "sha256:";

  private NumberTable() {}

  /** Lists those of the numbers that other documents have. */
  static List<String> taken(Handle handle, Key key, Set<String> numbers) {
    if (numbers.isEmpty()) {
      return List.of();
    }
    Map<String, String> byKey = byKey(numbers);
    return handle
        .createQuery(
            """
            SELECT number FROM callflow_numbers
            WHERE account = :account AND type = :type AND number IN (<numbers>) AND id <> :id
            """)
        .bind("account", key.account().value())
        .bind("type", key.type().collection())
        .bind("id", key.id())
        .bindList("numbers", List.copyOf(byKey.keySet()))
        .mapTo(String.class)
        .map(byKey::get)
        .stream()
        .sorted()
        .toList();
  }

  /**
   * Gives a document its numbers. New ones are taken in ascending order, and before old ones are
   * given back: so two writers never wait for each other. One that another document has is a
   * violation of the table's key.
   */
  static void give(Handle handle, Key key, Set<String> numbers) {
    Set<String> wanted = new TreeSet<>(byKey(numbers).keySet());
    Set<String> had =
        Set.copyOf(
            handle
                .createQuery(
                    """
                    SELECT number FROM callflow_numbers
                    WHERE account = :account AND type = :type AND id = :id
                    """)
                .bind("account", key.account().value())
                .bind("type", key.type().collection())
                .bind("id", key.id())
                .mapTo(String.class)
                .list());
    each(
        handle,
        """
        INSERT INTO callflow_numbers (account, type, number, id)
        VALUES (:account, :type, :number, :id)
        """,
        key,
        wanted.stream().filter(number -> !had.contains(number)).toList());
    each(
        handle,
        """
        DELETE FROM callflow_numbers
        WHERE account = :account AND type = :type AND number = :number AND id = :id
        """,
        key,
        had.stream().filter(number -> !wanted.contains(number)).toList());
  }

  private static void each(Handle handle, String sql, Key key, Collection<String> numbers) {
    if (numbers.isEmpty()) {
      return;
    }
    PreparedBatch batch = handle.prepareBatch(sql);
    for (String number : numbers) {
      batch
          .bind("account", key.account().value())
          .bind("type", key.type().collection())
          .bind("number", number)
          .bind("id", key.id())
          .add();
    }
    batch.execute();
  }

  /** What a number is called in the table, where texts have a bound, and the number. */
  private static Map<String, String> byKey(Set<String> numbers) {
    Map<String, String> byKey = new TreeMap<>();
    for (String number : numbers) {
      boolean asItIs = Key.fits(number) && !number.startsWith(DIGEST);
      byKey.put(asItIs ? number : DIGEST + digest(number), number);
    }
    return byKey;
  }

  private static String digest(String number) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(Key.units(number)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
