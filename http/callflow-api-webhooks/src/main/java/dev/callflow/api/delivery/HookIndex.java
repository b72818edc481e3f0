package dev.callflow.api.delivery;

import dev.callflow.api.webhook.Webhook;
import dev.callflow.api.webhook.WebhookSchema;
import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.DocumentType;
import dev.callflow.core.document.EditableStore;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The webhooks of accounts, kept until a document of the account changes. Only one thread may look
 * up webhooks; any thread may report changes.
 */
final class HookIndex {

  private static final int MAX_ACCOUNTS = 10_000;

  private final EditableStore store;

  /** The least recently used account is first. */
  private final Map<AccountId, List<Webhook>> known = new LinkedHashMap<>(16, 0.75f, true);

  /** The accounts that have changed since they were read; bounded by {@link #changedTooMany}. */
  private final Set<AccountId> changed = ConcurrentHashMap.newKeySet();

  private volatile boolean changedTooMany;

  HookIndex(EditableStore store) {
    this.store = store;
  }

  /** Forgets the webhooks of an account; never blocks. */
  void changed(AccountId account) {
    if (changed.size() < MAX_ACCOUNTS) {
      changed.add(account);
    } else {
      changedTooMany = true;
    }
  }

  /** Returns the webhooks that events are delivered to. */
  List<Webhook> of(AccountId account) {
    if (changedTooMany) {
      changedTooMany = false;
      changed.clear();
      known.clear();
    }
    if (changed.remove(account)) {
      known.remove(account);
    }
    List<Webhook> hooks = known.get(account);
    if (hooks == null) {
      hooks = read(account);
      known.put(account, hooks);
      if (known.size() > MAX_ACCOUNTS) {
        known.remove(known.keySet().iterator().next());
      }
    }
    return hooks;
  }

  private List<Webhook> read(AccountId account) {
    return store
        .page(account, DocumentType.WEBHOOK, Optional.empty(), true, WebhookSchema.MAX_PER_ACCOUNT)
        .stream()
        .flatMap(stored -> Webhook.of(account, stored.document()).stream())
        .filter(Webhook::enabled)
        .toList();
  }
}
