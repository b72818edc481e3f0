package dev.callflow.core.store;

import dev.callflow.core.document.Document;
import dev.callflow.core.document.WriteResult.Quota;
import dev.callflow.core.document.WriteResult.QuotaExceeded;
import java.util.Optional;

/**
 * The limits for the documents of an account. A store refuses a change that exceeds one of them
 * with {@link QuotaExceeded}. Documents that are already stored can always be read and removed, and
 * replaced by smaller ones.
 *
 * @param documentBytes the maximum size of a document, see {@link Document.Size#bytes}
 * @param documentKeys the maximum number of keys and list entries of a document, at all levels
 * @param documents the maximum number of documents of an account, of all types together
 * @param bytes the maximum size of all documents of an account together
 */
public record Quotas(long documentBytes, long documentKeys, long documents, long bytes) {

  private static final Quotas STANDARD = new Quotas(256 << 10, 10_000, 10_000, 32 << 20);

  /**
   * Validates the limits.
   *
   * @throws IllegalArgumentException if a limit is less than 1
   */
  public Quotas {
    check("document bytes", documentBytes);
    check("document keys", documentKeys);
    check("documents", documents);
    check("bytes", bytes);
  }

  private static void check(String name, long limit) {
    if (limit < 1) {
      throw new IllegalArgumentException(
          "the limit for " + name + " must be at least 1, but is " + limit);
    }
  }

  /**
   * Returns the default limits: 256 KiB and 10,000 keys for a document; 10,000 documents and 32 MiB
   * for an account.
   *
   * @return the limits
   */
  public static Quotas standard() {
    return STANDARD;
  }

  /**
   * Returns a copy with a different size of documents.
   *
   * @param limit the maximum size of a document in bytes
   * @return the limits
   */
  public Quotas documentBytes(long limit) {
    return new Quotas(limit, documentKeys, documents, bytes);
  }

  /**
   * Returns a copy with a different number of keys.
   *
   * @param limit the maximum number of keys and list entries of a document
   * @return the limits
   */
  public Quotas documentKeys(long limit) {
    return new Quotas(documentBytes, limit, documents, bytes);
  }

  /**
   * Returns a copy with a different number of documents.
   *
   * @param limit the maximum number of documents of an account
   * @return the limits
   */
  public Quotas documents(long limit) {
    return new Quotas(documentBytes, documentKeys, limit, bytes);
  }

  /**
   * Returns a copy with a different size of accounts.
   *
   * @param limit the maximum size of all documents of an account in bytes
   * @return the limits
   */
  public Quotas bytes(long limit) {
    return new Quotas(documentBytes, documentKeys, documents, limit);
  }

  /**
   * Checks a document by itself.
   *
   * @param size the size of the document
   * @return the limit that it exceeds; empty if there is none
   */
  public Optional<QuotaExceeded> exceededBy(Document.Size size) {
    return exceeded(Quota.DOCUMENT_BYTES, documentBytes, size.bytes())
        .or(() -> exceeded(Quota.DOCUMENT_KEYS, documentKeys, size.keys()));
  }

  /**
   * Checks a change to the documents of an account. A change that does not increase the usage is
   * never refused.
   *
   * @param before the usage before the change
   * @param after the usage after the change
   * @return the limit that the change exceeds; empty if there is none
   */
  public Optional<QuotaExceeded> exceededBy(AccountUsage before, AccountUsage after) {
    return exceeded(Quota.DOCUMENTS, documents, after.documents())
        .filter(it -> after.documents() > before.documents())
        .or(() ->
            exceeded(Quota.BYTES, bytes, after.bytes())
                .filter(it -> after.bytes() > before.bytes()));
  }

  private static Optional<QuotaExceeded> exceeded(Quota quota, long limit, long value) {
    return value > limit ? Optional.of(new QuotaExceeded(quota, limit, value)) : Optional.empty();
  }
}
