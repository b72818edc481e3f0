package dev.callflow.core.document;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import tools.jackson.databind.node.ObjectNode;

/**
 * Keeps accounts and documents in memory: for tests, replays, and applications that load them from
 * somewhere of their own.
 *
 * <p>Safe for use by any thread; never blocks. Changes are told on the thread that makes them.
 */
public final class MemoryStore implements DocumentStore {

  private record Key(AccountId account, DocumentType type, String id) {}

  private final Map<AccountId, Account> accounts = new ConcurrentHashMap<>();
  private final Map<Key, Document> documents = new ConcurrentHashMap<>();
  private final List<Consumer<AccountId>> listeners = new CopyOnWriteArrayList<>();
  private volatile ObjectNode systemConfig = Json.object();

  /** Makes an empty store. */
  public MemoryStore() {}

  /**
   * Adds an account or replaces it.
   *
   * @param id the account's id
   * @param body its {@code realm}, {@code preflow} and {@code config}, each optional
   * @return this store
   */
  public MemoryStore account(AccountId id, ObjectNode body) {
    accounts.put(
        id,
        new Account(
            id,
            Json.text(body, "realm"),
            Json.object(body, "preflow").flatMap(preflow -> Json.text(preflow, "always")),
            Json.object(body, "config").orElseGet(Json::object)));
    changed(id);
    return this;
  }

  /**
   * Adds a document or replaces it. One that is marked as deleted ({@code pvt_deleted}) is taken
   * out instead.
   *
   * @param account the owner
   * @param type what it is
   * @param id its id
   * @param body the document; must not be changed afterwards
   * @return this store
   */
  public MemoryStore put(AccountId account, DocumentType type, String id, ObjectNode body) {
    return put(account, new Document(type, id, body, account + "/" + type.collection() + "/" + id));
  }

  MemoryStore put(AccountId account, Document document) {
    Key key = new Key(account, document.type(), document.id());
    if (Json.bool(document.body(), "pvt_deleted").orElse(false)) {
      documents.remove(key);
    } else {
      documents.put(key, document);
    }
    changed(account);
    return this;
  }

  /**
   * Takes a document out.
   *
   * @param account the owner
   * @param type what it is
   * @param id its id
   * @return this store
   */
  public MemoryStore remove(AccountId account, DocumentType type, String id) {
    documents.remove(new Key(account, type, id));
    changed(account);
    return this;
  }

  /**
   * Sets the configuration of the whole system.
   *
   * @param config the configuration; must not be changed afterwards
   * @return this store
   */
  public MemoryStore system(ObjectNode config) {
    systemConfig = config;
    return this;
  }

  Set<AccountId> accounts() {
    return Set.copyOf(accounts.keySet());
  }

  @Override
  public Optional<Account> account(AccountId id) {
    return Optional.ofNullable(accounts.get(id));
  }

  @Override
  public Optional<AccountId> accountByRealm(String realm) {
    String wanted = realm.toLowerCase(Locale.ROOT);
    return accounts.values().stream()
        .filter(
            it -> it.realm().filter(of -> of.toLowerCase(Locale.ROOT).equals(wanted)).isPresent())
        .map(Account::id)
        .min(Comparator.comparing(AccountId::value));
  }

  @Override
  public Optional<Document> find(AccountId account, DocumentType type, String id) {
    return Optional.ofNullable(documents.get(new Key(account, type, id)));
  }

  @Override
  public List<Document> all(AccountId account, DocumentType type) {
    return documents.entrySet().stream()
        .filter(it -> it.getKey().account.equals(account) && it.getKey().type == type)
        .map(Map.Entry::getValue)
        .sorted(Comparator.comparing(Document::id))
        .toList();
  }

  @Override
  public ObjectNode systemConfig() {
    return systemConfig;
  }

  @Override
  public void onChange(Consumer<AccountId> listener) {
    listeners.add(listener);
  }

  private void changed(AccountId account) {
    listeners.forEach(listener -> listener.accept(account));
  }
}
