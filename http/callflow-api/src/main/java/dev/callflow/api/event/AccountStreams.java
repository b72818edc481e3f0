package dev.callflow.api.event;

import dev.callflow.conference.event.ConferenceEvent;
import dev.callflow.core.document.AccountId;
import dev.callflow.core.time.TimeSource;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The event streams of accounts. Only one thread at a time may change them; any thread may publish.
 */
final class AccountStreams {

  /** How many streams without subscribers are kept, so that returning clients find their place. */
  private static final int MAX_UNUSED = 100;

  /** How many past events of each account are kept for clients that return. */
  private static final int MAX_PAST = 512;

  private final TimeSource time;
  private final int maxPast;
  private final EncodedEvents encoded = new EncodedEvents();
  private final Map<AccountId, AccountStream> streams = new ConcurrentHashMap<>();

  /** The accounts whose stream has no subscriber, the longest unused one first. */
  private final Set<AccountId> unused = new LinkedHashSet<>();

  AccountStreams(TimeSource time, int maxWaiting) {
    this.time = time;
    // Leaves room in the outbox of a client that returns for the events that happen meanwhile.
    maxPast = Math.min(MAX_PAST, maxWaiting / 2);
  }

  void publish(ConferenceEvent event) {
    AccountStream stream = streams.get(event.room().account());
    if (stream != null) {
      stream.publish(event);
    }
  }

  void subscribe(Subscriber client, AccountId account, OptionalLong from) {
    SubscriptionTopic topic = topic(account);
    unused.remove(account);
    streams
        .computeIfAbsent(
            account,
            it ->
                new AccountStream(
                    topic, encoded, ChronoUnit.MICROS.between(Instant.EPOCH, time.now()), maxPast))
        .subscribe(client, from);
    client.topics(List.of(topic));
  }

  /** Removes a client from the stream that it follows, if it follows one. */
  void unsubscribe(Subscriber client) {
    for (SubscriptionTopic topic : client.topics()) {
      AccountId account = new AccountId(topic.account());
      AccountStream stream = streams.get(account);
      if (topic.equals(topic(account)) && stream != null && stream.unsubscribe(client)) {
        unused.remove(account);
        unused.add(account);
      }
    }
    Iterator<AccountId> oldest = unused.iterator();
    while (unused.size() > MAX_UNUSED) {
      streams.remove(oldest.next());
      oldest.remove();
    }
  }

  private static SubscriptionTopic topic(AccountId account) {
    return new SubscriptionTopic(
        account.value(),
        new Binding.OfEvents("conference.event.*.*", Binding.ANY, Binding.ANY, Binding.ANY),
        EventFormat.STREAM);
  }
}
