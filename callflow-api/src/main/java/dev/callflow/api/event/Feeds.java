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
 * The feeds of the conferences that somebody watches. Changed by one thread at a time; any may look
 * a feed up, since a conference's thread does so at each event.
 */
final class Feeds {

  /** More than a client's, since one thread takes them for all. */
  private static final int MAX_UNDELIVERED = 10_000;

  private record Key(String account, String conference) {

    static Key of(SubscriptionTopic topic) {
      return new Key(topic.account(), topic.binding().conference());
    }
  }

  private final Conferences conferences;
  private final TimeSource time;
  private final int maxPast;
  private final Map<Key, Feed> feeds = new ConcurrentHashMap<>();

  /**
   * @param maxPast how many past events a client may be sent when it begins to watch
   */
  Feeds(Conferences conferences, TimeSource time, int maxPast) {
    this.conferences = conferences;
    this.time = time;
    this.maxPast = maxPast;
  }

  /** Begins to send a client what it has bound, with what is past since a version. */
  void watch(Subscriber client, SubscriptionTopic topic, OptionalLong from) {
    Key key = Key.of(topic);
    Feed known = feeds.get(key);
    Optional<RoomId> room =
        topic.account().equals(SubscriptionTopic.ALL)
            ? Optional.empty()
            : Optional.of(new RoomId(new AccountId(topic.account()), key.conference()));
    EventStream stream =
        known == null && room.isPresent()
            ? conferences.events(room.get(), Long.MAX_VALUE, MAX_UNDELIVERED)
            : null;
    Feed feed = known == null ? new Feed(stream) : known;
    // The past is asked for when the feed has begun, so that nothing falls in between.
    Optional<EventStream> past =
        room.isPresent() && from.isPresent() && topic.binding().isOfEvents()
            ? Optional.of(conferences.events(room.get(), from.getAsLong(), maxPast))
            : Optional.empty();
    feed.watch(topic, client, past);
    feeds.put(key, feed);
    if (stream != null) {
      time.start("feed-" + key.conference(), () -> feed.run(stream));
    }
  }

  /** Ends to send a client what it has bound; the last to leave ends the feed. */
  void leave(Subscriber client, SubscriptionTopic topic) {
    Key key = Key.of(topic);
    Feed feed = feeds.get(key);
    if (feed != null && feed.leave(topic, client)) {
      feeds.remove(key);
    }
  }

  /** The feed of those who watch a conference of this id in all accounts. */
  Optional<Feed> ofAllAccounts(ConferenceEvent event) {
    return find(SubscriptionTopic.ALL, event.room());
  }

  /** The feeds of those who watch a conference, in its account or in all. */
  Stream<Feed> of(RoomId room) {
    return Stream.of(room.account().value(), SubscriptionTopic.ALL)
        .map(account -> feeds.get(new Key(account, room.conference())))
        .filter(Objects::nonNull);
  }

  private Optional<Feed> find(String account, RoomId room) {
    return Optional.ofNullable(feeds.get(new Key(account, room.conference())));
  }
}
