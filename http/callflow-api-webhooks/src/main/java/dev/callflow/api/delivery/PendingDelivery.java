package dev.callflow.api.delivery;

import tools.jackson.databind.node.ObjectNode;

/**
 * An event to deliver to one webhook.
 *
 * @param id the id, the same in each attempt
 * @param event the name of the event
 * @param payload the event
 * @param attempt the number of this attempt, from 1
 */
record PendingDelivery(String id, String event, ObjectNode payload, int attempt) {

  /** Omits the payload, which contains names and numbers. */
  @Override
  public String toString() {
    return event + " " + id;
  }
}
