package dev.callflow.api.login;

import dev.callflow.api.credential.Credentials;
import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.EditableAccounts;
import dev.callflow.core.document.EditableStore;
import dev.callflow.core.document.Json;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Moves the API keys that accounts of Kazoo contain into the {@link Credentials}, which keep only
 * what a key is recognised by.
 *
 * @param store the store of the accounts
 * @param credentials keeps what logins are checked with
 */
public record ImportedApiKeys(EditableStore store, Credentials credentials) {

  private static final Logger LOG = LoggerFactory.getLogger(ImportedApiKeys.class);

  private static final String KEY = "pvt_api_key";
  private static final int MAX_ATTEMPTS = 10;

  /** A key is recognised by a fast hash, by which a shorter one could be guessed. */
  private static final int MIN_LENGTH = 32;

  /**
   * Moves the keys of all accounts. A key that an account has got here is not replaced.
   *
   * @return the number of accounts whose keys were moved
   */
  public int move() {
    int moved = 0;
    for (AccountId account : store.accounts()) {
      Optional<String> key = store.accountBody(account).flatMap(body -> Json.text(body, KEY));
      if (key.isPresent() && move(account, key.get())) {
        moved++;
      }
    }
    return moved;
  }

  private boolean move(AccountId account, String key) {
    if (key.length() < MIN_LENGTH) {
      LOG.warn(
          "account {}: the API key in {} is not used, because it has fewer than {} characters",
          account,
          KEY,
          MIN_LENGTH);
      return false;
    }
    if (credentials.accountByApiKey(key).filter(owner -> !owner.equals(account)).isPresent()) {
      LOG.warn("account {}: the API key in {} is not used, because another has it", account, KEY);
      return false;
    }
    if (!credentials.hasApiKey(account)) {
      credentials.setApiKey(account, key);
    }
    forget(account);
    return true;
  }

  /**
   * Removes the key from the document of an account, so that it does not become valid again.
   *
   * @param account the account
   */
  public void forget(AccountId account) {
    for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
      Optional<ObjectNode> before = store.accountBody(account).filter(body -> body.has(KEY));
      if (before.isEmpty()) {
        return;
      }
      ObjectNode rest = before.get().deepCopy();
      rest.remove(KEY);
      if (!(store.replaceAccount(account, before.get(), rest)
          instanceof EditableAccounts.Result.Changed)) {
        return;
      }
    }
    LOG.warn("account {}: the API key is still in the document, because others change it", account);
  }
}
