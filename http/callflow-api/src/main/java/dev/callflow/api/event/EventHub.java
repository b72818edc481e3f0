package dev.callflow.api.event;

import dev.callflow.api.access.Access;
import dev.callflow.api.access.Authenticator;
import dev.callflow.api.access.Login;
import dev.callflow.api.access.RateLimit;
import dev.callflow.api.access.TokenGuard;
import dev.callflow.conference.Conferences;
import dev.callflow.conference.kazoo.ControlRequest;
import dev.callflow.conference.mixer.RoomId;
import dev.callflow.core.document.AccountId;
import dev.callflow.core.time.TimeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.ReentrantLock;
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

  private final TokenGuard guard;
  private final TimeSource time;
  private final SocketLimits limits;
  private final RateLimit rate;
  private final ReentrantLock lock = new ReentrantLock();
  private final ConnectedClients clients;
  private final ClientChecks checks;

  /** Changed only under the lock; lookups need no lock. */
  private final Feeds feeds;

  /**
   * Creates a hub and subscribes it to the events of all conferences.
   *
   * @param conferences the conferences
   * @param authenticator the authenticator, by which the tokens of connected clients are checked
   *     again
   * @param guard the guard that checks the tokens of WebSocket clients
   * @param time the time source
   * @param limits the limits for clients
   */
  public EventHub(
      Conferences conferences,
      Authenticator authenticator,
      TokenGuard guard,
      TimeSource time,
      SocketLimits limits) {
    this.guard = guard;
    this.time = time;
    this.limits = limits;
    rate = new RateLimit(limits.frames().burst(), limits.frames().perSecond(), time);
    clients = new ConnectedClients(limits);
    checks = new ClientChecks(clients, authenticator, time, limits.authentication(), this::close);
    authenticator.onChange(checks::recheckSoon);
    feeds = new Feeds(conferences, time, limits.backlog().events());
    conferences.onEvent(
        event -> feeds.ofSeveralConferences(event).forEach(feed -> feed.publish(event)));
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
   * Returns why another client would be refused. Call before a WebSocket is upgraded, so that the
   * refusal can be an HTTP status.
   *
   * @param host the client's IP address
   * @return the limit that has been reached; empty if the client would be accepted
   */
  public Optional<CloseReason> refusal(String host) {
    return clients.refusal(host);
  }

  /**
   * Opens a session for a client connected by WebSocket. It costs no thread until the client sends
   * a frame, and is closed unless the client authenticates in time.
   *
   * @param host the client's IP address, which is the forwarded one behind a proxy
   * @param port the client's port; 0 if it is unknown
   * @param transport the transport to the client
   * @return the session; empty if a limit has been reached, in which case the transport has been
   *     closed with the reason
   */
  public Optional<SubscriberSession> open(String host, int port, Transport transport) {
    return open(host, port, transport, Optional.empty());
  }

  /**
   * Opens a session as {@link #open(String, int, Transport)} does, for a client that may already
   * have authenticated.
   *
   * @param host the client's IP address, which is the forwarded one behind a proxy
   * @param port the client's port; 0 if it is unknown
   * @param transport the transport to the client
   * @param login the access and token; empty if the client's first frame must contain the token
   * @return the session; empty if a limit has been reached, in which case the transport has been
   *     closed with the reason
   */
  public Optional<SubscriberSession> open(
      String host, int port, Transport transport, Optional<Login> login) {
    Subscriber client = client(host, port, EventFormat.SOCKET, transport);
    login.ifPresent(client::login);
    return add(client)
        ? Optional.of(new SubscriberSession(new Bindings(), client, guard, rate))
        : Optional.empty();
  }

  /**
   * Starts a stream of Server-Sent Events for a client. The caller must already have checked that
   * the client has access to the conference.
   *
   * @param stream the requested events
   * @param host the client's IP address, which is the forwarded one behind a proxy
   * @param port the client's port; 0 if it is unknown
   * @param transport the transport to the client
   * @return the action to run when the client has disconnected; empty if a limit has been reached,
   *     in which case the transport has been closed with the reason
   */
  public Optional<Runnable> follow(
      StreamRequest stream, String host, int port, Transport transport) {
    RoomId room = stream.room();
    Subscriber client = client(host, port, EventFormat.STREAM, transport);
    client.login(stream.login());
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
    client.start();
    return Optional.of(() -> gone(client));
  }

  private Subscriber client(String host, int port, EventFormat format, Transport transport) {
    return new Subscriber(new Subscriber.Peer(host, port), format, transport, limits, time);
  }

  private boolean add(Subscriber client) {
    return switch (clients.add(client)) {
      case ConnectedClients.Added.Refused(CloseReason reason) -> {
        client.close(reason);
        yield false;
      }
      case ConnectedClients.Added.Accepted(Optional<Subscriber> displaced) -> {
        displaced.ifPresent(it -> close(it, clients.late()));
        checks.watch();
        yield true;
      }
    };
  }

  private void close(Subscriber client, CloseReason reason) {
    // Removed first, because a client that does not answer the close frame must not keep its place.
    gone(client);
    client.close(reason);
  }

  /**
   * Checks now whether the tokens of all connected clients are still valid, and disconnects those
   * whose token is not. Call it if you know that a token has been revoked; otherwise the tokens are
   * checked at the interval of {@link SocketLimits.Authentication#recheck}. Never blocks.
   */
  public void recheckTokens() {
    checks.recheckSoon();
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
    public boolean authenticated(Subscriber client, Login login) {
      Optional<CloseReason> refusal = clients.authenticated(client, login);
      refusal.ifPresent(reason -> close(client, reason));
      return refusal.isEmpty();
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
      if (!clients.contains(client)) {
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
      if (clients.remove(client)) {
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
      case Access.OfAccount owner -> list(owner.account());
      case Access.SuperAdmin all -> SubscriberJson.list(clients.matching(client -> true));
    };
  }

  /**
   * Lists the connected clients of an account.
   *
   * @param account the account
   * @return the clients in the order in which they connected
   */
  public ArrayNode list(AccountId account) {
    return SubscriberJson.list(clients.matching(client -> isOf(client, account)));
  }

  /**
   * Finds a connected client of an account.
   *
   * @param account the account
   * @param id the client's id
   * @return the client; empty if there is none with this id in the account
   */
  public Optional<ObjectNode> find(AccountId account, String id) {
    return clients.matching(client -> client.id().equals(id) && isOf(client, account)).stream()
        .findFirst()
        .map(SubscriberJson::of);
  }

  private static boolean isOf(Subscriber client, AccountId account) {
    return client
        .login()
        .filter(login ->
            login.access() instanceof Access.OfAccount owner && owner.account().equals(account))
        .isPresent();
  }
}
