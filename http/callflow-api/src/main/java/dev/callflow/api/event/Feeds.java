package dev.callflow.api.event;

import dev.callflow.conference.Conferences;
import dev.callflow.conference.event.ConferenceEvent;
import dev.callflow.conference.event.EventStream;
import dev.callflow.conference.mixer.RoomId;
import dev.callflow.core.document.AccountId;
import dev.callflow.core.time.TimeSource;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * The feeds of all conferences that have subscribers. Only one thread at a time may change them;
 * any thread may look up a feed, because the thread of each conference does so for every event.
 */
final class Feeds {

  /**
   * The maximum number of events waiting in a feed; larger than a client's limit, because one
   * thread serves all its subscribers.
   */
  private static final int MAX_UNDELIVERED = 10_000;

  private record Key(String account, String conference) {

    static Key of(SubscriptionTopic topic) {
      return new Key(topic.account(), topic.binding().conference());
    }
  }

  private final Conferences conferences;
  private final TimeSource time;
  private final int maxPast;
  private final EncodedEvents encoded = new EncodedEvents();
  private final Map<Key, Feed> feeds = new ConcurrentHashMap<>();

  /**
   * @param maxPast the maximum number of past events sent to a new subscriber
   */
  Feeds(Conferences conferences, TimeSource time, int maxPast) {
    this.conferences = conferences;
    this.time = time;
    this.maxPast = maxPast;
  }

  /**
   * Subscribes a client to a topic. If a version is given, the past events after it are sent first.
   */
  void subscribe(Subscriber client, SubscriptionTopic topic, OptionalLong from) {
    Key key = Key.of(topic);
    Feed known = feeds.get(key);
    Optional<RoomId> room =
        topic.account().equals(SubscriptionTopic.ALL) || !topic.binding().isOfOneConference()
            ? Optional.empty()
            : Optional.of(new RoomId(new AccountId(topic.account()), key.conference()));
    OptionalLong begin = topic.binding().isOfEvents() ? from : OptionalLong.empty();
    // The stream of a new feed begins with the past events. One that began now would leave out an
    // event that the room has decided and not yet published.
    EventStream stream =
        known == null && room.isPresent()
            ? conferences.events(room.get(), begin.orElse(Long.MAX_VALUE), MAX_UNDELIVERED)
            : null;
    Feed feed = known == null ? new Feed(encoded, stream) : known;
    Optional<EventStream> past =
        known != null && room.isPresent() && begin.isPresent()
            ? Optional.of(conferences.events(room.get(), begin.getAsLong(), maxPast))
            : Optional.empty();
    feed.subscribe(topic, client, past);
    feeds.put(key, feed);
    if (stream != null) {
      time.start("feed-" + key.conference(), () -> feed.run(stream));
    }
  }

  /** Unsubscribes a client from a topic; the feed ends when its last subscriber leaves. */
  void unsubscribe(Subscriber client, SubscriptionTopic topic) {
    Key key = Key.of(topic);
    Feed feed = feeds.get(key);
    if (feed != null && feed.unsubscribe(topic, client)) {
      feeds.remove(key);
    }
  }

  /**
   * Returns the feeds that have no stream of their own, because they cover more than one
   * conference: for an id in all accounts, for all conferences of the account, and for all
   * conferences of all accounts.
   */
  Stream<Feed> ofSeveralConferences(ConferenceEvent event) {
    RoomId room = event.room();
    return Stream.of(
            new Key(SubscriptionTopic.ALL, room.conference()),
            new Key(room.account().value(), Binding.ANY),
            new Key(SubscriptionTopic.ALL, Binding.ANY))
        .distinct()
        .map(feeds::get)
        .filter(Objects::nonNull);
  }

  /**
   * Returns the feeds for a conference: the one for its own account and the one for all accounts.
   */
  Stream<Feed> of(RoomId room) {
    return Stream.of(room.account().value(), SubscriptionTopic.ALL)
        .map(account -> feeds.get(new Key(account, room.conference())))
        .filter(Objects::nonNull);
  }
}
