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
 * Gives a module the node to run and the services that it may use.
 *
 * @param call the call
 * @param account the account, as it was when the call arrived
 * @param node the node
 * @param flow the callflow and how it was found
 * @param callflows finds the account's callflows by number and by id
 * @param media reads the media that the account's documents name
 * @param variables the values that modules of this call keep for later modules; owned by the call's
 *     thread
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
   * @return the data; must not be changed
   */
  public ObjectNode data() {
    return node.data();
  }

  /**
   * Returns the document store.
   *
   * @return the store, with the documents of all accounts
   */
  public DocumentStore store() {
    return callflows.store();
  }

  /**
   * Reads the media that a property of the node's data names.
   *
   * @param key the name of the property
   * @return the media; empty if the property is missing or the media may not be played
   * @throws dev.callflow.core.document.StoreUnavailableException if the store cannot answer
   */
  public Optional<Media> media(String key) {
    return Json.text(data(), key)
        .flatMap(text -> media.read(node.path() + "/data/" + key, text, ""));
  }
}
