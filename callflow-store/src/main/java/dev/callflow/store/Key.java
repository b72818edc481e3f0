package dev.callflow.store;

import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.DocumentType;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Which document. */
record Key(AccountId account, DocumentType type, String id) {

  /** As wide as the columns, and no index takes much more. */
  static final int LONGEST = 255;

  /** Whether a database can hold a text as a key: PostgreSQL takes neither NUL nor half a pair. */
  static boolean fits(String text) {
    return text.length() <= LONGEST
        && text.indexOf('\0') < 0
        && StandardCharsets.UTF_8.newEncoder().canEncode(text);
  }

  boolean fits() {
    return fits(account.value()) && fits(id);
  }

  void requireFits() {
    if (!fits()) {
      throw new IllegalArgumentException(
          "ids of accounts and documents have at most "
              + LONGEST
              + " characters, without NUL and halves of characters");
    }
  }

  /** The code units of a text: in the order of Java's texts, and different where these differ. */
  static byte[] units(String text) {
    byte[] units = new byte[2 * text.length()];
    ByteBuffer.wrap(units).asCharBuffer().put(text);
    return units;
  }

  String source() {
    return account + "/" + type.collection() + "/" + id;
  }
}
