package dev.callflow.api.event;

import dev.callflow.conference.event.ConferenceEvent;

/**
 * A binding in an account, in one format. Subscribers with equal topics share the encoded event.
 *
 * @param account the account, or {@link #ALL}
 * @param binding the binding
 * @param format the format of the client's messages
 */
record SubscriptionTopic(String account, Binding binding, EventFormat format) {

  /** The value that stands for all accounts; only super admins may use it. */
  static final String ALL = "*";

  private EventFormat.Subscription subscription() {
    return new EventFormat.Subscription(account, binding);
  }

  /** Writes an event for subscribers of this topic. */
  byte[] event(ConferenceEvent event, byte[] payload) {
    return format.event(subscription(), event, payload);
  }

  /** Writes a command for subscribers of this topic. */
  byte[] command(byte[] payload) {
    return format.command(subscription(), payload);
  }

  /** Writes a notice of missed events; a count of 0 means that the number is unknown. */
  byte[] missed(long count) {
    return format.missed(subscription(), count);
  }
}
