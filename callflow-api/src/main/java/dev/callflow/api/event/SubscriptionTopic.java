package dev.callflow.api.event;

import dev.callflow.conference.event.ConferenceEvent;

/**
 * What a client has bound, in an account. Equal topics share the bytes of an event.
 *
 * @param account the account, or {@link #ALL}
 * @param binding what of it
 * @param format how it is written
 */
record SubscriptionTopic(String account, Binding binding, EventFormat format) {

  /** Every account: for super-admins only. */
  static final String ALL = "*";

  private EventFormat.Subscription subscription() {
    return new EventFormat.Subscription(account, binding);
  }

  /** Writes an event for those who have bound this. */
  byte[] event(ConferenceEvent event, byte[] payload) {
    return format.event(subscription(), event, payload);
  }

  /** Writes a command for those who have bound this. */
  byte[] command(byte[] payload) {
    return format.command(subscription(), payload);
  }

  /** Writes that events are lost to one who has bound this; 0 if nobody knows how many. */
  byte[] missed(long count) {
    return format.missed(subscription(), count);
  }
}
