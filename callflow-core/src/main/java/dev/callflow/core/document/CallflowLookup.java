package dev.callflow.core.document;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the callflow for a dialled number (docs/spec/callflows.md#lookup).
 *
 * <p>Parsed callflows are cached for an hour, in at most an eighth of the heap, and dropped when a
 * document of their account changes. Safe for use by any thread; blocks for as long as the store
 * does.
 */
public final class CallflowLookup {

  private final DocumentStore store;
  private final Cache<AccountId, CallflowMatcher> flows =
      Caffeine.newBuilder()
          .executor(Runnable::run)
          .maximumWeight(Runtime.getRuntime().maxMemory() / 8)
          .weigher((AccountId account, CallflowMatcher matcher) -> matcher.memory())
          .expireAfterWrite(Duration.ofHours(1))
          .build();

  /**
   * Creates a lookup.
   *
   * @param store the store of the callflows
   */
  public CallflowLookup(DocumentStore store) {
    this.store = store;
    store.onChange(flows::invalidate);
  }

  /**
   * Returns the store of the callflows.
   *
   * @return the store
   */
  public DocumentStore store() {
    return store;
  }

  /**
   * Finds a callflow by number.
   *
   * @param account the account that owns the callflows
   * @param number the number as dialled
   * @param authorised whether the caller may use {@code no_match}
   * @return the callflow, preceded by the account's preflow if there is one; empty if no callflow
   *     matches
   * @throws StoreUnavailableException if the store cannot answer
   */
  public Optional<CallflowMatch> byNumber(Account account, String number, boolean authorised) {
    String dialled = CallNumber.normalise(number);
    if (dialled.isEmpty() || dialled.length() > CallNumber.MAX_LENGTH) {
      return Optional.empty();
    }
    CallflowMatcher of = of(account.id());
    return of.exact(dialled)
        .or(() -> of.matching(dialled))
        .or(() -> authorised && dialled.matches("\\+?\\d+") ? of.noMatch() : Optional.empty())
        .map(found -> account.preflow().map(id -> withPreflow(id, found)).orElse(found));
  }

  /**
   * Finds a callflow by its id.
   *
   * @param account the account that owns the callflow
   * @param id the callflow's id
   * @return the callflow; empty if there is none
   * @throws StoreUnavailableException if the store cannot answer
   */
  public Optional<ParsedCallflow> byId(AccountId account, String id) {
    return of(account).byId(id);
  }

  /**
   * Returns whether a callflow lists a number; patterns do not count.
   *
   * @param account the account that owns the callflows
   * @param number the number as dialled
   * @return true if a callflow lists it
   * @throws StoreUnavailableException if the store cannot answer
   */
  public boolean hasNumber(AccountId account, String number) {
    return of(account).exact(CallNumber.normalise(number)).isPresent();
  }

  private CallflowMatcher of(AccountId account) {
    return flows.get(account, id -> CallflowMatcher.of(store.all(id, DocumentType.CALLFLOW)));
  }

  private static CallflowMatch withPreflow(String preflow, CallflowMatch found) {
    ParsedCallflow flow = found.callflow();
    Map<String, Node> children = new LinkedHashMap<>();
    children.put(Node.WILDCARD, flow.flow());
    Node root =
        new Node.Action(flow.flow().path(), "callflow", Json.object().put("id", preflow), children);
    return new CallflowMatch(
        new ParsedCallflow(flow.id(), flow.name(), flow.numbers(), flow.patterns(), root),
        found.captured(),
        found.groups());
  }
}
