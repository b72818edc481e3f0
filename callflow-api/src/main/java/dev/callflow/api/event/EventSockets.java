package dev.callflow.api.event;

import dev.callflow.api.access.Access;
import dev.callflow.api.access.Authenticator;
import dev.callflow.api.access.RateLimit;
import dev.callflow.conference.Conferences;
import dev.callflow.conference.event.ConferenceEvent;
import dev.callflow.conference.event.EventStream;
import dev.callflow.conference.kazoo.ControlRequest;
import dev.callflow.conference.mixer.RoomId;
import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.Json;
import dev.callflow.core.time.TimeSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * All who watch conferences over a connection, and what they have bound (spec 7.2). Knows no
 * server: one opens a socket here for each connection, and tells it what the client sends.
 *
 * <p>Safe for use by any thread. No conference and no client ever waits for another client.
 */
public final class EventSockets {

  /** More than a client's, since one thread takes them for all. */
  private static final int MOST_UNDELIVERED = 10_000;

  private record FeedKey(String account, String conference) {}

  private final Conferences conferences;
  private final Authenticator authenticator;
  private final TimeSource time;
  private final SocketLimits limits;
  private final RateLimit rate;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, Client> clients = new LinkedHashMap<>();
  private final Map<String, Integer> byHost = new HashMap<>();

  /** Changed under the lock; read without it, since a conference's thread asks at each event. */
  private final Map<FeedKey, Feed> feeds = new ConcurrentHashMap<>();

  /**
   * Makes a place for sockets, and begins to listen to all conferences.
   *
   * @param conferences the conferences
   * @param authenticator knows who may watch what
   * @param time the time source
   * @param limits what clients may use
   */
  public EventSockets(
      Conferences conferences, Authenticator authenticator, TimeSource time, SocketLimits limits) {
    this.conferences = conferences;
    this.authenticator = authenticator;
    this.time = time;
    this.limits = limits;
    rate = new RateLimit(limits.burst(), limits.perSecond(), time);
    conferences.subscribe(this::happened);
  }

  /**
   * Returns what clients may use.
   *
   * @return the limits
   */
  public SocketLimits limits() {
    return limits;
  }

  /**
   * Tells whether one more from an address would be refused.
   *
   * @param host the address
   * @return whether there are too many already
   */
  public boolean isFull(String host) {
    lock.lock();
    try {
      return clients.size() >= limits.most()
          || byHost.getOrDefault(host, 0) >= limits.mostOfAddress();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Takes in a client who speaks the protocol of WebSockets.
   *
   * @param host his address
   * @param port his port
   * @param carrier the way to him
   * @return his socket; empty if there are too many
   */
  public Optional<EventSocket> open(String host, int port, Carrier carrier) {
    Client client = client(host, port, Form.SOCKET, carrier);
    if (!add(client)) {
      return Optional.empty();
    }
    time.start("socket-" + client.id(), client::run);
    return Optional.of(new EventSocket(this, client, authenticator, rate));
  }

  /**
   * Takes in a client who gets the events of one conference as Server-Sent Events. What he may see
   * is to be checked before.
   *
   * @param following what he may see
   * @param host his address
   * @param port his port
   * @param carrier the way to him
   * @return what to run when he has gone; empty if there are too many
   */
  public Optional<Runnable> follow(Following following, String host, int port, Carrier carrier) {
    RoomId room = following.room();
    Client client = client(host, port, Form.STREAM, carrier);
    client.access(following.access());
    if (!add(client)) {
      return Optional.empty();
    }
    String text = "conference.event." + Binding.escaped(room.conference()) + ".*";
    bind(
        client,
        List.of(
            new Topic(
                room.account().value(),
                new Binding.OfEvents(text, room.conference(), Binding.ANY, Binding.ANY),
                Form.STREAM)),
        following.from());
    time.start("follower-" + client.id(), client::run);
    return Optional.of(() -> gone(client));
  }

  private Client client(String host, int port, Form form, Carrier carrier) {
    String id = UUID.randomUUID().toString().replace("-", "");
    return new Client(id, host, port, form, carrier, limits, time);
  }

  private boolean add(Client client) {
    lock.lock();
    try {
      if (isFull(client.host())) {
        return false;
      }
      clients.put(client.id(), client);
      byHost.merge(client.host(), 1, Integer::sum);
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Begins to tell a client; none of the topics is bound yet. */
  void bind(Client client, List<Topic> topics, OptionalLong from) {
    lock.lock();
    try {
      if (!clients.containsKey(client.id())) {
        return;
      }
      List<Topic> bound = new ArrayList<>(client.bound());
      for (Topic topic : topics) {
        watch(client, topic, from);
        bound.add(topic);
      }
      client.bound(bound);
    } finally {
      lock.unlock();
    }
  }

  private void watch(Client client, Topic topic, OptionalLong from) {
    FeedKey key = new FeedKey(topic.account(), topic.binding().conference());
    Feed known = feeds.get(key);
    Optional<RoomId> room =
        topic.account().equals(Topic.ALL)
            ? Optional.empty()
            : Optional.of(new RoomId(new AccountId(topic.account()), key.conference()));
    EventStream stream =
        known == null && room.isPresent()
            ? conferences.events(room.get(), Long.MAX_VALUE, MOST_UNDELIVERED)
            : null;
    Feed feed = known == null ? new Feed(stream) : known;
    // The past is asked for when the feed has begun, so that nothing falls in between.
    Optional<EventStream> past =
        room.isPresent() && from.isPresent() && topic.binding() instanceof Binding.OfEvents
            ? Optional.of(conferences.events(room.get(), from.getAsLong(), limits.waiting()))
            : Optional.empty();
    feed.watch(topic, client, past);
    feeds.put(key, feed);
    if (stream != null) {
      time.start("feed-" + key.conference(), () -> feed.run(stream));
    }
  }

  /** Ends to tell a client. */
  void unbind(Client client, List<Topic> topics) {
    lock.lock();
    try {
      topics.forEach(topic -> leave(client, topic));
      List<Topic> bound = new ArrayList<>(client.bound());
      bound.removeAll(topics);
      client.bound(bound);
    } finally {
      lock.unlock();
    }
  }

  private void leave(Client client, Topic topic) {
    FeedKey key = new FeedKey(topic.account(), topic.binding().conference());
    Feed feed = feeds.get(key);
    if (feed != null && feed.leave(topic, client)) {
      feeds.remove(key);
    }
  }

  void gone(Client client) {
    lock.lock();
    try {
      if (clients.remove(client.id()) != null) {
        byHost.computeIfPresent(client.host(), (host, count) -> count == 1 ? null : count - 1);
        client.bound().forEach(topic -> leave(client, topic));
        client.bound(List.of());
      }
    } finally {
      lock.unlock();
    }
    client.gone();
  }

  /** For those who have bound a conference in all accounts; on the thread of the conference. */
  private void happened(ConferenceEvent event) {
    Feed feed = feeds.get(new FeedKey(Topic.ALL, event.room().conference()));
    if (feed != null) {
      feed.happened(event);
    }
  }

  /**
   * Tells those who have bound {@code conference.command.{CONF}} what a client has done. Never
   * blocks.
   *
   * <p>The payload says {@code event_category} ({@code conference}), {@code event_name} ({@code
   * command}), {@code account_id}, {@code conference_id}, {@code action}, for one participant
   * {@code participant_id}, and {@code data}: of what was sent with the action only what is known
   * to hold no secret, see {@link Commands}.
   *
   * @param request what was done
   */
  public void performed(ControlRequest request) {
    RoomId room = request.room();
    List<Feed> told = new ArrayList<>();
    for (String account : List.of(room.account().value(), Topic.ALL)) {
      Feed feed = feeds.get(new FeedKey(account, room.conference()));
      if (feed != null) {
        told.add(feed);
      }
    }
    if (!told.isEmpty()) {
      byte[] payload = Form.json(Commands.payload(request));
      told.forEach(feed -> feed.performed(payload));
    }
  }

  /**
   * Lists who is connected, as far as somebody may know: a super-admin sees all, also those who
   * have not said who they are.
   *
   * @param access who asks
   * @return the sockets, in the order in which they came
   */
  public ArrayNode list(Access access) {
    return switch (access) {
      case Access.OfAccount(AccountId account) -> list(account);
      case Access.SuperAdmin all -> shown(client -> true);
    };
  }

  /**
   * Lists who is connected for an account.
   *
   * @param account the account
   * @return the sockets, in the order in which they came
   */
  public ArrayNode list(AccountId account) {
    return shown(client -> isOf(client, account));
  }

  private ArrayNode shown(Predicate<Client> which) {
    ArrayNode list = Json.object().arrayNode();
    clients(which).forEach(client -> list.add(shown(client)));
    return list;
  }

  /**
   * Shows one who is connected for an account.
   *
   * @param account the account
   * @param id his id
   * @return the socket; empty if there is none of that id, or it is another account's
   */
  public Optional<ObjectNode> find(AccountId account, String id) {
    return clients(client -> client.id().equals(id) && isOf(client, account)).stream()
        .findFirst()
        .map(EventSockets::shown);
  }

  private List<Client> clients(Predicate<Client> which) {
    lock.lock();
    try {
      return clients.values().stream().filter(which).toList();
    } finally {
      lock.unlock();
    }
  }

  private static boolean isOf(Client client, AccountId account) {
    return client
        .access()
        .filter(access -> access.equals(new Access.OfAccount(account)))
        .isPresent();
  }

  private static ObjectNode shown(Client client) {
    ObjectNode shown = Json.object();
    shown.put("id", client.id());
    shown.put("kind", client.form() == Form.SOCKET ? "websocket" : "server-sent-events");
    shown.put("source", client.host() + ":" + client.port());
    shown.put("connected", client.since().toString());
    client
        .access()
        .ifPresent(access -> {
          switch (access) {
            case Access.OfAccount(AccountId account) -> shown.put("account_id", account.value());
            case Access.SuperAdmin all -> shown.put("super_admin", true);
          }
        });
    ArrayNode bindings = shown.putArray("bindings");
    client.bindings().forEach(bindings::add);
    shown.put("waiting", client.outbox().size());
    shown.put("missed", client.outbox().lost());
    return shown;
  }
}
