package dev.callflow.store;

import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.DocumentType;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Identifies a document. */
record Key(AccountId account, DocumentType type, String id) {

  /** The maximum length of an id; close to the maximum that an index allows. */
  static final int MAX_LENGTH = 255;

  /**
   * Returns whether a string can be a key: PostgreSQL accepts neither NUL nor unpaired surrogates.
   */
  static boolean fits(String text) {
    return text.length() <= MAX_LENGTH
        && text.indexOf('\0') < 0
        && StandardCharsets.UTF_8.newEncoder().canEncode(text);
  }

  boolean fits() {
    return fits(account.value()) && fits(id);
  }

  void requireFits() {
    if (!fits()) {
      throw new IllegalArgumentException(
          "ids of accounts and documents may have at most "
              + MAX_LENGTH
              + " characters and no NUL or unpaired surrogates");
    }
  }

  /**
   * Returns the UTF-16 code units of a string, which databases sort in the order of Java strings.
   */
  static byte[] units(String text) {
    byte[] units = new byte[2 * text.length()];
    ByteBuffer.wrap(units).asCharBuffer().put(text);
    return units;
  }

  String source() {
    return account + "/" + type.collection() + "/" + id;
  }
}
