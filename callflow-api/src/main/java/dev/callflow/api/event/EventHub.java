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
 * The clients that watch conferences over a connection, and what they have bound
 * (docs/spec/events.md#websocket). Knows no server: a server opens a session here for each
 * connection, and passes on what the client sends.
 *
 * <p>Safe for use by any thread. No conference and no client ever waits for another client.
 */
public final class EventHub {

  private final Authenticator authenticator;
  private final TimeSource time;
  private final SocketLimits limits;
  private final RateLimit rate;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, Subscriber> clients = new LinkedHashMap<>();
  private final Map<String, Integer> byHost = new HashMap<>();

  /** Changed under the lock. */
  private final Feeds feeds;

  /**
   * Makes a hub, and begins to listen to all conferences.
   *
   * @param conferences the conferences
   * @param authenticator knows who may watch what
   * @param time the time source
   * @param limits what clients may use
   */
  public EventHub(
      Conferences conferences, Authenticator authenticator, TimeSource time, SocketLimits limits) {
    this.authenticator = authenticator;
    this.time = time;
    this.limits = limits;
    rate = new RateLimit(limits.frames().burst(), limits.frames().perSecond(), time);
    feeds = new Feeds(conferences, time, limits.backlog().events());
    conferences.subscribe(
        event -> feeds.ofAllAccounts(event).ifPresent(feed -> feed.happened(event)));
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
      return clients.size() >= limits.connections().max()
          || byHost.getOrDefault(host, 0) >= limits.connections().maxOfAddress();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Takes in a client that speaks the protocol of WebSockets.
   *
   * @param host its address
   * @param port its port
   * @param transport the way to it
   * @return its session; empty if there are too many
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
   * Takes in a client that gets the events of one conference as Server-Sent Events. What it may see
   * is to be checked before.
   *
   * @param following what it may see
   * @param host its address
   * @param port its port
   * @param transport the way to it
   * @return what to run when it has gone; empty if there are too many
   */
  public Optional<Runnable> follow(
      Following following, String host, int port, Transport transport) {
    RoomId room = following.room();
    Subscriber client = client(host, port, EventFormat.STREAM, transport);
    client.access(following.access());
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
        following.from());
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
        feeds.watch(client, topic, from);
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
      topics.forEach(topic -> feeds.leave(client, topic));
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
        client.topics().forEach(topic -> feeds.leave(client, topic));
        client.topics(List.of());
      }
    } finally {
      lock.unlock();
    }
    client.gone();
  }

  /**
   * Sends what a client has done to those who have bound {@code conference.command.{CONF}}. Never
   * blocks.
   *
   * <p>The payload says {@code event_category} ({@code conference}), {@code event_name} ({@code
   * command}), {@code account_id}, {@code conference_id}, {@code action}, for one participant
   * {@code participant_id}, and {@code data}: of what was sent with the action only what is known
   * to hold no secret, see {@link CommandPayload}.
   *
   * @param request what was done
   */
  public void performed(ControlRequest request) {
    List<Feed> watched = feeds.of(request.room()).toList();
    if (!watched.isEmpty()) {
      byte[] payload = EventFormat.json(CommandPayload.payload(request));
      watched.forEach(feed -> feed.performed(payload));
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
      case Access.SuperAdmin all -> SubscriberJson.list(clients(client -> true));
    };
  }

  /**
   * Lists who is connected for an account.
   *
   * @param account the account
   * @return the sockets, in the order in which they came
   */
  public ArrayNode list(AccountId account) {
    return SubscriberJson.list(clients(client -> isOf(client, account)));
  }

  /**
   * Shows a client that is connected for an account.
   *
   * @param account the account
   * @param id the client's id
   * @return the socket; empty if there is none of that id, or it is another account's
   */
  public Optional<ObjectNode> find(AccountId account, String id) {
    return clients(client -> client.id().equals(id) && isOf(client, account)).stream()
        .findFirst()
        .map(SubscriberJson::of);
  }

  private List<Subscriber> clients(Predicate<Subscriber> which) {
    lock.lock();
    try {
      return clients.values().stream().filter(which).toList();
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
