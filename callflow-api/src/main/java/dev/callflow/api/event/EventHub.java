package dev.callflow.api.event;

import dev.callflow.api.access.Access;
import dev.callflow.api.access.Authenticator;
import dev.callflow.api.access.RateLimit;
import dev.callflow.conference.Conferences;
import dev.callflow.conference.kazoo.ControlRequest;
import dev.callflow.conference.mixer.RoomId;
import dev.callflow.core.document.AccountId;
import dev.callflow.core.time.TimeSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Delivers conference events to the clients that subscribe to them (docs/spec/events.md#websocket).
 * Independent of any server: a server opens a session here for each connection and passes on what
 * the client sends.
 *
 * <p>Safe for use by any thread. A slow client delays neither conferences nor other clients.
 */
public final class EventHub {

  private final Authenticator authenticator;
  private final TimeSource time;
  private final SocketLimits limits;
  private final RateLimit rate;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, Subscriber> clients = new LinkedHashMap<>();
  private final Map<String, Integer> byHost = new HashMap<>();

  /** Changed only under the lock; lookups need no lock. */
  private final Feeds feeds;

  /**
   * Creates a hub and subscribes it to the events of all conferences.
   *
   * @param conferences the conferences
   * @param authenticator the authenticator for tokens of WebSocket clients
   * @param time the time source
   * @param limits the limits for clients
   */
  public EventHub(
      Conferences conferences, Authenticator authenticator, TimeSource time, SocketLimits limits) {
    this.authenticator = authenticator;
    this.time = time;
    this.limits = limits;
    rate = new RateLimit(limits.frames().burst(), limits.frames().perSecond(), time);
    feeds = new Feeds(conferences, time, limits.backlog().events());
    conferences.subscribe(
        event -> feeds.ofAllAccounts(event).ifPresent(feed -> feed.publish(event)));
  }

  /**
   * Returns the limits for clients.
   *
   * @return the limits
   */
  public SocketLimits limits() {
    return limits;
  }

  /**
   * Returns whether another client would be refused because too many are connected.
   *
   * @param host the client's IP address
   * @return whether the total limit or the limit for this address has been reached
   */
  public boolean isFull(String host) {
    lock.lock();
    try {
      return clients.size() >= limits.connections().max()
          || byHost.getOrDefault(host, 0) >= limits.connections().maxOfAddress();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Opens a session for a client connected by WebSocket.
   *
   * @param host the client's IP address
   * @param port the client's port
   * @param transport the transport to the client
   * @return the session; empty if too many clients are connected
   */
  public Optional<SubscriberSession> open(String host, int port, Transport transport) {
    Subscriber client = client(host, port, EventFormat.SOCKET, transport);
    if (!add(client)) {
      return Optional.empty();
    }
    time.start("socket-" + client.id(), client::run);
    return Optional.of(new SubscriberSession(new Bindings(), client, authenticator, rate));
  }

  /**
   * Starts a stream of Server-Sent Events for a client. The caller must already have checked that
   * the client has access to the conference.
   *
   * @param stream the requested events
   * @param host the client's IP address
   * @param port the client's port
   * @param transport the transport to the client
   * @return the action to run when the client has disconnected; empty if too many clients are
   *     connected
   */
  public Optional<Runnable> follow(
      StreamRequest stream, String host, int port, Transport transport) {
    RoomId room = stream.room();
    Subscriber client = client(host, port, EventFormat.STREAM, transport);
    client.access(stream.access());
    if (!add(client)) {
      return Optional.empty();
    }
    String text = "conference.event." + Binding.escaped(room.conference()) + ".*";
    bind(
        client,
        List.of(
            new SubscriptionTopic(
                room.account().value(),
                new Binding.OfEvents(text, room.conference(), Binding.ANY, Binding.ANY),
                EventFormat.STREAM)),
        stream.from());
    time.start("follower-" + client.id(), client::run);
    return Optional.of(() -> gone(client));
  }

  private Subscriber client(String host, int port, EventFormat format, Transport transport) {
    return new Subscriber(new Subscriber.Peer(host, port), format, transport, limits, time);
  }

  private boolean add(Subscriber client) {
    lock.lock();
    try {
      if (isFull(client.peer().host())) {
        return false;
      }
      clients.put(client.id(), client);
      byHost.merge(client.peer().host(), 1, Integer::sum);
      return true;
    } finally {
      lock.unlock();
    }
  }

  private final class Bindings implements SubscriberSession.Subscriptions {

    @Override
    public void bind(Subscriber client, List<SubscriptionTopic> topics, OptionalLong from) {
      EventHub.this.bind(client, topics, from);
    }

    @Override
    public void unbind(Subscriber client, List<SubscriptionTopic> topics) {
      EventHub.this.unbind(client, topics);
    }

    @Override
    public void gone(Subscriber client) {
      EventHub.this.gone(client);
    }

    @Override
    public int maxBindings() {
      return limits.bindings();
    }
  }

  private void bind(Subscriber client, List<SubscriptionTopic> topics, OptionalLong from) {
    lock.lock();
    try {
      if (!clients.containsKey(client.id())) {
        return;
      }
      List<SubscriptionTopic> all = new ArrayList<>(client.topics());
      for (SubscriptionTopic topic : topics) {
        feeds.subscribe(client, topic, from);
        all.add(topic);
      }
      client.topics(all);
    } finally {
      lock.unlock();
    }
  }

  private void unbind(Subscriber client, List<SubscriptionTopic> topics) {
    lock.lock();
    try {
      topics.forEach(topic -> feeds.unsubscribe(client, topic));
      List<SubscriptionTopic> rest = new ArrayList<>(client.topics());
      rest.removeAll(topics);
      client.topics(rest);
    } finally {
      lock.unlock();
    }
  }

  private void gone(Subscriber client) {
    lock.lock();
    try {
      if (clients.remove(client.id()) != null) {
        byHost.computeIfPresent(
            client.peer().host(), (host, count) -> count == 1 ? null : count - 1);
        client.topics().forEach(topic -> feeds.unsubscribe(client, topic));
        client.topics(List.of());
      }
    } finally {
      lock.unlock();
    }
    client.gone();
  }

  /**
   * Notifies the clients that have bound {@code conference.command.{CONF}} of an action that a
   * client has performed. Never blocks.
   *
   * <p>The payload contains {@code event_category} ({@code conference}), {@code event_name} ({@code
   * command}), {@code account_id}, {@code conference_id}, {@code action}, {@code target}, {@code
   * participant_id} if the target is one participant, and {@code data}: those arguments of the
   * action that are known to contain no secret (see {@link CommandPayload}).
   *
   * @param request the action that was performed
   */
  public void performed(ControlRequest request) {
    List<Feed> subscribed = feeds.of(request.room()).toList();
    if (!subscribed.isEmpty()) {
      byte[] payload = EventFormat.json(CommandPayload.payload(request));
      subscribed.forEach(feed -> feed.performed(payload));
    }
  }

  /**
   * Lists the connected clients that someone with the given access may see. A super admin sees all
   * clients, even those that have not authenticated.
   *
   * @param access the access of the client that requests the list
   * @return the clients in the order in which they connected
   */
  public ArrayNode list(Access access) {
    return switch (access) {
      case Access.OfAccount(AccountId account) -> list(account);
      case Access.SuperAdmin all -> SubscriberJson.list(clients(client -> true));
    };
  }

  /**
   * Lists the connected clients of an account.
   *
   * @param account the account
   * @return the clients in the order in which they connected
   */
  public ArrayNode list(AccountId account) {
    return SubscriberJson.list(clients(client -> isOf(client, account)));
  }

  /**
   * Finds a connected client of an account.
   *
   * @param account the account
   * @param id the client's id
   * @return the client; empty if there is none with this id in the account
   */
  public Optional<ObjectNode> find(AccountId account, String id) {
    return clients(client -> client.id().equals(id) && isOf(client, account)).stream()
        .findFirst()
        .map(SubscriberJson::of);
  }

  private List<Subscriber> clients(Predicate<Subscriber> filter) {
    lock.lock();
    try {
      return clients.values().stream().filter(filter).toList();
    } finally {
      lock.unlock();
    }
  }

  private static boolean isOf(Subscriber client, AccountId account) {
    return client
        .access()
        .filter(access -> access.equals(new Access.OfAccount(account)))
        .isPresent();
  }
}
