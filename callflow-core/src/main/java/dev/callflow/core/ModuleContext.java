package dev.callflow.core;

import dev.callflow.core.call.Call;
import dev.callflow.core.call.Media;
import dev.callflow.core.call.MediaReader;
import dev.callflow.core.document.Account;
import dev.callflow.core.document.CallflowLookup;
import dev.callflow.core.document.CallflowMatch;
import dev.callflow.core.document.DocumentStore;
import dev.callflow.core.document.Json;
import dev.callflow.core.document.Node;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * One node being run: what a module gets.
 *
 * @param call the call
 * @param account the account, as it was when the call arrived
 * @param node the node
 * @param flow how the callflow was found: its number or pattern, and what the pattern captured
 * @param callflows the account's callflows, by number and id
 * @param media what turns texts of the account's documents into media that it may hear
 * @param variables values that modules of this call keep for later ones; owned by the call's thread
 */
public record ModuleContext(
    Call call,
    Account account,
    Node.Action node,
    CallflowMatch flow,
    CallflowLookup callflows,
    MediaReader media,
    Map<String, String> variables) {

  /**
   * Returns the node's data.
   *
   * @return the data; never changed
   */
  public ObjectNode data() {
    return node.data();
  }

  /**
   * Returns the documents.
   *
   * @return the store of all accounts
   */
  public DocumentStore store() {
    return callflows.store();
  }

  /**
   * Reads the medium that the node's data name under a key.
   *
   * @param key the key
   * @return the medium; empty if the data name none, or one that may not be played
   * @throws dev.callflow.core.document.StoreUnavailableException if the store cannot answer
   */
  public Optional<Media> medium(String key) {
    return Json.text(data(), key)
        .flatMap(text -> media.read(node.path() + "/data/" + key, text, ""));
  }
}
