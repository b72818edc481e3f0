package dev.callflow.store;

import dev.callflow.core.document.AccountId;
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

/** The numbers of documents. The table's primary key ensures that no two documents share one. */
final class NumberTable {

  private static final String DIGEST = "sha256:";

  private NumberTable() {}

  /** Returns the numbers that belong to other documents. */
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
   * Sets the numbers of a document. Inserts new numbers in ascending order before deleting old
   * ones, so that two writers never deadlock. Fails with a violation of the primary key if a number
   * belongs to another document.
   */
  static void assign(Handle handle, Key key, Set<String> numbers) {
    Set<String> required = new TreeSet<>(byKey(numbers).keySet());
    Set<String> current =
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
        required.stream().filter(number -> !current.contains(number)).toList());
    each(
        handle,
        """
        DELETE FROM callflow_numbers
        WHERE account = :account AND type = :type AND number = :number AND id = :id
        """,
        key,
        current.stream().filter(number -> !required.contains(number)).toList());
  }

  static void removeAll(Handle handle, AccountId account) {
    handle
        .createUpdate("DELETE FROM callflow_numbers WHERE account = :account")
        .bind("account", account.value())
        .execute();
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

  private static Map<String, String> byKey(Set<String> numbers) {
    Map<String, String> byKey = new TreeMap<>();
    numbers.forEach(number -> byKey.put(key(number), number));
    return byKey;
  }

  /** Returns the table's key for a number; that of a number too long for it is its digest. */
  static String key(String number) {
    boolean asItIs = Key.fits(number) && !number.startsWith(DIGEST);
    return asItIs ? number : DIGEST + digest(number);
  }

  private static String digest(String number) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(Key.units(number)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-256 is missing from this Java runtime", e);
    }
  }
}
