package dev.callflow.api.webhook;

import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.StoreUnavailableException;
import java.net.URI;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * Delivers events to webhooks.
 *
 * <p>Safe for use by any thread.
 */
public interface Webhooks {

  /**
   * Returns why no event may be sent to a target. Does not resolve names and does not block: the
   * addresses of a name are checked whenever a connection is made.
   *
   * @param target the URL, which is absolute and has a host
   * @return the reason, without the path of the URL; empty if events may be sent
   */
  Optional<String> refusal(URI target);

  /**
   * Sends a test event to a webhook, also to one that is switched off, and adds the attempt to the
   * log. Blocks until the receiver has answered, for at most half a minute.
   *
   * @param hook the webhook
   * @return the attempt, as the log of deliveries shows it
   */
  ObjectNode test(Webhook hook);

  /**
   * Lets a webhook that has been switched on begin again: forgets its failures, and ends the pause
   * after the last one within a minute. Blocks for the store.
   *
   * @param account the account that owns the webhook
   * @param id the id of its document
   * @throws StoreUnavailableException if the store cannot answer
   */
  void switchedOn(AccountId account, String id);
}
