package dev.callflow.api.credential;

import dev.callflow.api.access.HashedTokens;
import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.Json;
import dev.callflow.core.record.AccountRecord;
import dev.callflow.core.record.RecordKind;
import dev.callflow.core.record.RecordQuery;
import dev.callflow.core.record.RecordStore;
import dev.callflow.core.time.TimeSource;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Keeps what users' passwords and accounts' API keys are checked with, in a store of records.
 *
 * <p>Of a password, the Argon2id hashes of its two {@link Digest}s are kept. A digest contains the
 * user's name, so all users of an account share a random salt, and a login is one hash and one
 * look-up, whether or not the user exists. Of an API key, which is random, an HMAC is kept.
 *
 * <p>Safe for use by any thread. Each method blocks for as long as the store takes, and those with
 * passwords for a few tenths of a second more, or up to 5 seconds if others are before them.
 */
public final class Credentials {

  private static final String SALT = "salt";
  private static final String HMAC_KEY = "hmac-key";
  private static final String API_KEY = "api_key";
  private static final String USER_ID = "user_id";

  private final RecordStore records;
  private final TimeSource time;
  private final SlowHash slow;
  private final HostSecrets secrets;

  /** The result of looking a digest up. */
  public sealed interface Found {

    /**
     * The digest is that of a user.
     *
     * @param user the user's id
     */
    record User(String user) implements Found {}

    /** No user of the account has this digest. */
    record Nobody() implements Found {}

    /** Too many others wait; try again later. */
    record Busy() implements Found {}
  }

  /**
   * Creates the credentials for as many hashes at a time as there are processors.
   *
   * @param records the store
   * @param time the time source
   */
  public Credentials(RecordStore records, TimeSource time) {
    this(records, HashCost.STANDARD, time);
  }

  /**
   * Creates the credentials with a cost.
   *
   * @param records the store
   * @param cost how much work a hash is
   * @param time the time source
   */
  public Credentials(RecordStore records, HashCost cost, TimeSource time) {
    this(records, cost, time, Runtime.getRuntime().availableProcessors());
  }

  Credentials(RecordStore records, HashCost cost, TimeSource time, int processors) {
    this.records = records;
    this.time = time;
    slow = new SlowHash(cost, time, processors);
    secrets = new HostSecrets(records, time);
  }

  /**
   * Sets a user's password.
   *
   * @param account the account
   * @param user the user's id
   * @param username the name with which they log in
   * @param password the password; it is not kept
   * @return whether it was set; it was not if too many others wait
   */
  public boolean setPassword(AccountId account, String user, String username, String password) {
    return setDigests(
        account,
        user,
        List.of(
            Digest.of(Digest.Method.MD5, username, password),
            Digest.of(Digest.Method.SHA1, username, password)));
  }

  /**
   * Sets the digests of a user's password, such as those that Kazoo has kept.
   *
   * @param account the account
   * @param user the user's id
   * @param digests the digests; they are not kept
   * @return whether they were set; they were not if too many others wait
   */
  public boolean setDigests(AccountId account, String user, List<Digest> digests) {
    byte[] salt = secrets.value(Optional.of(account), SALT);
    List<AccountRecord> added = new ArrayList<>();
    for (Digest digest : digests) {
      Optional<String> hash = slow.hash(salt, digest.hex());
      if (hash.isEmpty()) {
        return false;
      }
      added.add(
          record(
              account,
              hash.get(),
              subject(user),
              Json.object().put(USER_ID, user).put("method", digest.method().key())));
    }
    List<String> ids = added.stream().map(AccountRecord::id).toList();
    List<AccountRecord> old = ofSubject(account, subject(user));
    records.putAll(added);
    old.stream().map(AccountRecord::id).filter(id -> !ids.contains(id)).forEach(remove(account));
    return true;
  }

  private java.util.function.Consumer<String> remove(AccountId account) {
    return id -> records.remove(Optional.of(account), RecordKind.CREDENTIAL, id);
  }

  /**
   * Returns whether a user has a password.
   *
   * @param account the account
   * @param user the user's id
   * @return whether there is a password
   */
  public boolean hasPassword(AccountId account, String user) {
    return !ofSubject(account, subject(user)).isEmpty();
  }

  /**
   * Removes a user's password.
   *
   * @param account the account
   * @param user the user's id
   */
  public void removePassword(AccountId account, String user) {
    ofSubject(account, subject(user)).stream().map(AccountRecord::id).forEach(remove(account));
  }

  /**
   * Finds the user whose digest a client has sent. Takes the same time if there is no such account
   * or user.
   *
   * @param account the account; empty if the client has named an unknown one
   * @param digest the digest
   * @return the user's id, or why there is none
   */
  public Found user(Optional<AccountId> account, Digest digest) {
    byte[] salt = secrets.value(account, SALT);
    Optional<String> hash = slow.hash(salt, digest.hex());
    if (hash.isEmpty()) {
      return new Found.Busy();
    }
    return records
        .find(account, RecordKind.CREDENTIAL, hash.get())
        .flatMap(record -> Json.text(record.body(), USER_ID))
        .<Found>map(Found.User::new)
        .orElseGet(Found.Nobody::new);
  }

  /**
   * Makes an API key for an account, which replaces the one before.
   *
   * @param account the account
   * @return the key, 64 hexadecimal digits; it is not kept
   */
  public String newApiKey(AccountId account) {
    String key = HashedTokens.newToken();
    setApiKey(account, key);
    return key;
  }

  /**
   * Sets the API key of an account, such as one that Kazoo has made; it replaces the one before.
   *
   * @param account the account
   * @param key the key, which must be random and long; it is not kept
   */
  public void setApiKey(AccountId account, String key) {
    String id = hmac(key);
    List<AccountRecord> old = ofSubject(account, API_KEY);
    records.put(record(account, id, API_KEY, Json.object()));
    old.stream().map(AccountRecord::id).filter(it -> !it.equals(id)).forEach(remove(account));
  }

  /**
   * Returns whether an account has an API key.
   *
   * @param account the account
   * @return whether there is a key
   */
  public boolean hasApiKey(AccountId account) {
    return !ofSubject(account, API_KEY).isEmpty();
  }

  /**
   * Removes an account's API key.
   *
   * @param account the account
   * @return whether it had one
   */
  public boolean removeApiKey(AccountId account) {
    List<AccountRecord> old = ofSubject(account, API_KEY);
    old.stream().map(AccountRecord::id).forEach(remove(account));
    return !old.isEmpty();
  }

  /**
   * Finds the account whose API key a client has sent.
   *
   * @param key the key
   * @return the account; empty if there is none
   */
  public Optional<AccountId> accountByApiKey(String key) {
    return records
        .findAnywhere(RecordKind.CREDENTIAL, hmac(key))
        .filter(record -> record.subject().equals(API_KEY))
        .flatMap(AccountRecord::account);
  }

  private String hmac(String key) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secrets.value(Optional.empty(), HMAC_KEY), "HmacSHA256"));
      return HexFormat.of().formatHex(mac.doFinal(key.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("HMAC-SHA256 is missing from this Java runtime", e);
    }
  }

  private AccountRecord record(
      AccountId account, String id, String subject, tools.jackson.databind.node.ObjectNode body) {
    return new AccountRecord(
        Optional.of(account), RecordKind.CREDENTIAL, id, subject, time.now(), body);
  }

  private static String subject(String user) {
    return "user/" + user;
  }

  private List<AccountRecord> ofSubject(AccountId account, String subject) {
    return records.list(
        RecordQuery.newest(account, RecordKind.CREDENTIAL, RecordQuery.MAX_LIMIT).subject(subject));
  }
}
