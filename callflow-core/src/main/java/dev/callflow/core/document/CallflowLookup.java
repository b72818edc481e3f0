package dev.callflow.core.document;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.callflow.core.listen.Subscription;
import dev.callflow.core.pattern.CompiledPatterns;
import dev.callflow.core.pattern.NumberPattern;
import dev.callflow.core.pattern.PatternIndex;
import dev.callflow.core.time.OneLine;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the callflow for a dialled number (docs/spec/callflows.md#lookup).
 *
 * <p>Parsed callflows, and the patterns of accounts, are cached, each in at most an eighth of the
 * heap. A callflow is parsed again when its document has changed. The patterns of an account are
 * read again when a callflow of the account has changed. Safe for use by any thread; blocks for as
 * long as the store does.
 */
public final class CallflowLookup implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(CallflowLookup.class);

  private static final Pattern DIGITS = Pattern.compile("\\+?\\d+");

  private record Key(AccountId account, String id) {}

  private record Parsed(Document document, ParsedCallflow callflow) {

    int memory() {
      return (int) Math.min(Document.Size.of(document.body()).memory(), Integer.MAX_VALUE);
    }
  }

  private final DocumentStore store;
  private final Cache<Key, Parsed> flows =
      Caffeine.newBuilder()
          .executor(Runnable::run)
          .maximumWeight(Runtime.getRuntime().maxMemory() / 8)
          .weigher((Key key, Parsed parsed) -> parsed.memory())
          .build();
  private final Subscription changes;
  private final CompiledPatterns compiled = new CompiledPatterns();
  private final Cache<AccountId, CallflowPatterns> patterns =
      Caffeine.newBuilder()
          .executor(Runnable::run)
          .maximumWeight(Runtime.getRuntime().maxMemory() / 8)
          .weigher((AccountId account, CallflowPatterns of) -> of.memory())
          .build();

  /**
   * Creates a lookup.
   *
   * @param store the store of the callflows
   */
  public CallflowLookup(DocumentStore store) {
    this.store = store;
    changes = store.onChange(this::outdate);
  }

  /** Stops listening to the store. From then on, changes of patterns may go unnoticed. */
  @Override
  public void close() {
    changes.close();
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
    return exact(account.id(), dialled)
        .or(() -> matching(account.id(), dialled))
        .or(() ->
            authorised && DIGITS.matcher(dialled).matches()
                ? numbered(account.id(), ParsedCallflow.NO_MATCH)
                : Optional.empty())
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
    return store
        .find(account, DocumentType.CALLFLOW, id)
        .map(document -> parsed(account, document));
  }

  private Optional<CallflowMatch> exact(AccountId account, String number) {
    return number.equals(ParsedCallflow.NO_MATCH) ? Optional.empty() : numbered(account, number);
  }

  private Optional<CallflowMatch> numbered(AccountId account, String number) {
    List<Document> owners = store.withNumber(account, DocumentType.CALLFLOW, number);
    if (owners.isEmpty()) {
      return Optional.empty();
    }
    Document first = owners.getFirst();
    if (owners.size() > 1 && !isParsed(account, first)) {
      LOG.warn(
          "{}: number {} also belongs to {} other callflows, which it does not reach",
          OneLine.of(first.source()),
          OneLine.of(number),
          owners.size() - 1);
    }
    return Optional.of(new CallflowMatch(parsed(account, first), Optional.empty(), Map.of()));
  }

  private Optional<CallflowMatch> matching(AccountId account, String number) {
    Optional<PatternIndex.Found> found = patterns(account).index().longest(number);
    Optional<ParsedCallflow> callflow = found.flatMap(it -> byId(account, it.owner()));
    if (found.isPresent() && callflow.isEmpty()) {
      // The callflow has just been removed; another one may match.
      outdate(account);
      found = patterns(account).index().longest(number);
      callflow = found.flatMap(it -> byId(account, it.owner()));
    }
    NumberPattern.@Nullable Match match = found.map(PatternIndex.Found::match).orElse(null);
    return match == null
        ? Optional.empty()
        : callflow.map(of -> new CallflowMatch(of, Optional.of(match.captured()), match.groups()));
  }

  private void outdate(AccountId account) {
    patterns.asMap().computeIfPresent(account, (id, known) -> known.outdated());
  }

  private CallflowPatterns patterns(AccountId account) {
    CallflowPatterns known = patterns.getIfPresent(account);
    return known != null && known.isCurrent()
        ? known
        : patterns.asMap().compute(account, (id, before) -> current(id, before));
  }

  private CallflowPatterns current(AccountId account, @Nullable CallflowPatterns before) {
    if (before != null && before.isCurrent()) {
      return before;
    }
    List<Document> now = store.all(account, DocumentType.CALLFLOW);
    return before == null ? CallflowPatterns.of(now, compiled) : before.readAgain(now, compiled);
  }

  private boolean isParsed(AccountId account, Document document) {
    Parsed known = flows.getIfPresent(new Key(account, document.id()));
    return known != null && known.document.equals(document);
  }

  /** Parses a document, unless the same document has been parsed already. */
  private ParsedCallflow parsed(AccountId account, Document document) {
    Key key = new Key(account, document.id());
    Parsed known = flows.getIfPresent(key);
    if (known != null && known.document.equals(document)) {
      return known.callflow;
    }
    CallflowParser.Parsed parsed = CallflowParser.parse(document.id(), document.body());
    for (Problem problem : parsed.problems()) {
      LOG.warn("{}: {}", OneLine.of(document.source()), OneLine.of(problem));
    }
    flows.put(key, new Parsed(document, parsed.callflow()));
    return parsed.callflow();
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
