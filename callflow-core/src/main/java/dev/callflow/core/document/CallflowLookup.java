package dev.callflow.core.document;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the callflow that a dialled number belongs to (docs/spec/callflows.md#lookup).
 *
 * <p>Parsed callflows are kept for an hour, and dropped when a document of their account changes.
 * Safe for use by any thread; blocks as long as the store does.
 */
public final class CallflowLookup {

  private final DocumentStore store;
  private final Cache<AccountId, CallflowMatcher> flows =
      Caffeine.newBuilder()
          .executor(Runnable::run)
          .maximumSize(10_000)
          .expireAfterWrite(Duration.ofHours(1))
          .build();

  /**
   * Makes a lookup.
   *
   * @param store where the callflows are
   */
  public CallflowLookup(DocumentStore store) {
    this.store = store;
    store.onChange(flows::invalidate);
  }

  /**
   * Returns the store whose callflows are looked up.
   *
   * @return the store
   */
  public DocumentStore store() {
    return store;
  }

  /**
   * Finds a callflow by number.
   *
   * @param account whose callflows to look through
   * @param number the number as dialled
   * @param authorised whether the caller may use {@code no_match}
   * @return the callflow, wrapped in the account's preflow if it has one; empty if none fits
   * @throws StoreUnavailableException if the store cannot answer
   */
  public Optional<CallflowMatch> byNumber(Account account, String number, boolean authorised) {
    String dialled = CallNumber.normalise(number);
    if (dialled.isEmpty() || dialled.length() > CallNumber.LONGEST) {
      return Optional.empty();
    }
    CallflowMatcher of = of(account.id());
    return of.exact(dialled)
        .or(() -> of.matching(dialled))
        .or(() -> authorised && dialled.matches("\\+?\\d+") ? of.noMatch() : Optional.empty())
        .map(found -> account.preflow().map(id -> behind(id, found)).orElse(found));
  }

  /**
   * Finds a callflow by its id.
   *
   * @param account whose it is
   * @param id its id
   * @return the callflow, or empty if there is none
   * @throws StoreUnavailableException if the store cannot answer
   */
  public Optional<Callflow> byId(AccountId account, String id) {
    return of(account).byId(id);
  }

  private CallflowMatcher of(AccountId account) {
    return flows.get(account, id -> CallflowMatcher.of(store.all(id, DocumentType.CALLFLOW)));
  }

  private static CallflowMatch behind(String preflow, CallflowMatch found) {
    Callflow flow = found.callflow();
    Map<String, Node> children = new LinkedHashMap<>();
    children.put(Node.WILDCARD, flow.flow());
    Node root =
        new Node.Action(flow.flow().path(), "callflow", Json.object().put("id", preflow), children);
    return new CallflowMatch(
        new Callflow(flow.id(), flow.name(), flow.numbers(), flow.patterns(), root),
        found.captured(),
        found.groups());
  }
}
