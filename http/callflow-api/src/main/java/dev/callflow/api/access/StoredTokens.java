package dev.callflow.api.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.StoreUnavailableException;
import dev.callflow.core.listen.Listeners;
import dev.callflow.core.listen.Subscription;
import dev.callflow.core.record.RecordKind;
import dev.callflow.core.record.RecordQuery;
import dev.callflow.core.record.RecordStore;
import dev.callflow.core.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Creates, finds and revokes the tokens in a store of records, and accepts them.
 *
 * <p>A token that was found is remembered for {@value #CACHE_SECONDS} seconds. A token that is
 * revoked through this object is refused at once; one that is revoked by another host, when it is
 * no longer remembered. The time at which a token was last used is written at most once a minute.
 *
 * <p>Safe for use by any thread. Each method blocks for no longer than the store does.
 */
public final class StoredTokens implements Authenticator {

  private static final Logger LOG = LoggerFactory.getLogger(StoredTokens.class);

  private static final int CACHE_SECONDS = 5;
  private static final int MAX_CACHED = 10_000;
  private static final Duration USE_INTERVAL = Duration.ofMinutes(1);

  /** The maximum number of tokens of an account. */
  public static final int MAX_TOKENS = RecordQuery.MAX_LIMIT;

  /** The maximum number of logins of a user; a new one replaces the oldest. */
  private static final int MAX_LOGINS = 20;

  private record Remembered(StoredToken token, AtomicBoolean useWritten) {}

  /**
   * A token that has just been made.
   *
   * @param secret the token itself, which is not kept
   * @param token what is kept of it
   */
  public record Created(String secret, StoredToken token) {

    /** Omits the token. */
    @Override
    public String toString() {
      return token.toString();
    }
  }

  private final RecordStore records;
  private final TimeSource time;
  private final Cache<String, Remembered> remembered;
  private final AtomicLong revocations = new AtomicLong();
  private final Listeners<Long> listeners = new Listeners<>("changes to stored tokens");

  /**
   * Creates the authenticator.
   *
   * @param records the store of the tokens
   * @param time the time source
   */
  public StoredTokens(RecordStore records, TimeSource time) {
    this.records = records;
    this.time = time;
    remembered =
        Caffeine.newBuilder()
            .maximumSize(MAX_CACHED)
            .expireAfterWrite(Duration.ofSeconds(CACHE_SECONDS))
            .ticker(() -> Duration.between(Instant.EPOCH, time.now()).toNanos())
            .build();
  }

  @Override
  public Optional<Access> authenticate(String token) {
    return valid(HashedTokens.hash(token)).map(StoredToken::access);
  }

  @Override
  public String name(String token) {
    return valid(HashedTokens.hash(token)).map(it -> it.made().name()).orElse("");
  }

  @Override
  public Subscription onChange(Runnable listener) {
    return listeners.add(revocation -> listener.run());
  }

  private Optional<StoredToken> valid(String hash) {
    Optional<Remembered> found =
        Optional.ofNullable(remembered.getIfPresent(hash)).or(() -> read(hash));
    return found
        .filter(it -> !it.token.isExpired(time.now()))
        .filter(this::noteUse)
        .map(Remembered::token);
  }

  private Optional<Remembered> read(String hash) {
    long before = revocations.get();
    Optional<Remembered> found =
        records
            .findAnywhere(RecordKind.TOKEN, hash)
            .map(StoredToken::of)
            .map(token -> new Remembered(token, new AtomicBoolean()));
    found.ifPresent(it -> remembered.put(hash, it));
    if (revocations.get() != before) {
      // It may have been revoked after it was read.
      remembered.invalidate(hash);
    }
    return found;
  }

  /** Writes that a token is used; returns false if it has been revoked in the meantime. */
  private boolean noteUse(Remembered used) {
    Instant now = time.now().truncatedTo(ChronoUnit.SECONDS);
    boolean recent =
        used.token.lastUsed().filter(last -> now.isBefore(last.plus(USE_INTERVAL))).isPresent();
    if (recent || !used.useWritten.compareAndSet(false, true)) {
      return true;
    }
    try {
      return records
          .update(
              used.token.account(),
              RecordKind.TOKEN,
              used.token.hash(),
              body -> body.put("last_used", now.toString()))
          .isPresent();
    } catch (StoreUnavailableException e) {
      LOG.warn("{}: cannot store when it was last used", used.token, e);
      return true;
    }
  }

  /**
   * Makes a token.
   *
   * @param account the account that it gives access to; empty for all accounts
   * @param made how it is made
   * @param scopes what it may be used for
   * @param expires when it expires; empty for never
   * @return the token; empty if the account already has {@value #MAX_TOKENS} tokens
   * @throws StoreUnavailableException if the store cannot answer
   */
  public Optional<Created> create(
      Optional<AccountId> account,
      StoredToken.Made made,
      Set<Scope> scopes,
      Optional<Instant> expires) {
    if (makeRoom(account, made.user()) >= MAX_TOKENS) {
      return Optional.empty();
    }
    String secret = HashedTokens.newToken();
    StoredToken token =
        new StoredToken(
            account, HashedTokens.hash(secret), made, scopes, expires, Optional.empty());
    records.put(token.record());
    return Optional.of(new Created(secret, token));
  }

  /**
   * Removes expired tokens and a user's oldest logins; returns the number of tokens that are left.
   */
  private int makeRoom(Optional<AccountId> account, Optional<String> user) {
    List<StoredToken> all = stored(account);
    List<StoredToken> expired = all.stream().filter(it -> it.isExpired(time.now())).toList();
    expired.forEach(this::remove);
    List<StoredToken> logins =
        all.stream()
            .filter(it -> user.isPresent() && it.made().user().equals(user))
            .filter(it -> !expired.contains(it))
            .sorted(Comparator.comparing(it -> it.made().at()))
            .toList();
    List<StoredToken> oldest = logins.subList(0, Math.max(0, logins.size() - MAX_LOGINS + 1));
    oldest.forEach(this::remove);
    return all.size() - expired.size() - oldest.size();
  }

  private List<StoredToken> stored(Optional<AccountId> account) {
    RecordQuery.Owner owner =
        account
            .<RecordQuery.Owner>map(RecordQuery.Owner.OfAccount::new)
            .orElseGet(RecordQuery.Owner.OfHost::new);
    return records
        .list(
            new RecordQuery(
                owner,
                RecordKind.TOKEN,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                true,
                Optional.empty(),
                RecordQuery.MAX_LIMIT))
        .stream()
        .map(StoredToken::of)
        .toList();
  }

  /**
   * Lists the tokens that have not expired.
   *
   * @param account the account that they give access to; empty for those for all accounts
   * @return the tokens, newest first
   * @throws StoreUnavailableException if the store cannot answer
   */
  public List<StoredToken> list(Optional<AccountId> account) {
    return stored(account).stream().filter(it -> !it.isExpired(time.now())).toList();
  }

  /**
   * Finds a token that has not expired.
   *
   * @param account the account that it gives access to; empty for all accounts
   * @param id its id
   * @return the token; empty if there is none
   * @throws StoreUnavailableException if the store cannot answer
   */
  public Optional<StoredToken> find(Optional<AccountId> account, String id) {
    return list(account).stream().filter(it -> it.id().equals(id)).findFirst();
  }

  /**
   * Revokes a token. Clients that are connected with it are disconnected.
   *
   * @param account the account that it gives access to; empty for all accounts
   * @param id its id
   * @return the token as it was; empty if there is none
   * @throws StoreUnavailableException if the store cannot answer
   */
  public Optional<StoredToken> revoke(Optional<AccountId> account, String id) {
    Optional<StoredToken> found = find(account, id);
    found.ifPresent(this::remove);
    return found;
  }

  /**
   * Revokes the tokens of a user's logins.
   *
   * @param account the user's account
   * @param user the user's id
   * @throws StoreUnavailableException if the store cannot answer
   */
  public void revokeLogins(AccountId account, String user) {
    stored(Optional.of(account)).stream()
        .filter(it -> it.made().user().equals(Optional.of(user)))
        .forEach(this::remove);
  }

  /**
   * Forgets the tokens of an account whose records have been removed from the store. Clients that
   * are connected with them are disconnected.
   *
   * @param account the account
   */
  public void removed(AccountId account) {
    long count = revocations.incrementAndGet();
    remembered.asMap().values().removeIf(it -> it.token.account().equals(Optional.of(account)));
    listeners.call(count);
  }

  private void remove(StoredToken token) {
    records.remove(token.account(), RecordKind.TOKEN, token.hash());
    long count = revocations.incrementAndGet();
    remembered.invalidate(token.hash());
    listeners.call(count);
  }
}
