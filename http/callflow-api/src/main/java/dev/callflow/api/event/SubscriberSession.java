package dev.callflow.api.event;

import dev.callflow.api.access.Access;
import dev.callflow.api.access.Login;
import dev.callflow.api.access.RateLimit;
import dev.callflow.api.access.Scope;
import dev.callflow.api.access.TokenGuard;
import dev.callflow.core.document.Json;
import dev.callflow.core.document.StoreUnavailableException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * Speaks the WebSocket protocol with one client in JSON text frames
 * (docs/spec/events.md#websocket).
 *
 * <p>Only one thread at a time may call {@link #receive}; any thread may call {@link #closed}.
 */
public final class SubscriberSession {

  /** Manages the topics of clients. */
  interface Subscriptions {

    /** Starts sending a client the events of topics that it has not bound yet. */
    void bind(Subscriber client, List<SubscriptionTopic> topics, OptionalLong from);

    /** Stops sending a client the events of topics. */
    void unbind(Subscriber client, List<SubscriptionTopic> topics);

    /**
     * Gives a client access; returns false if the client has been closed instead, because its
     * account has too many connections or because it is late.
     */
    boolean authenticated(Subscriber client, Login login);

    /** Removes a client that has disconnected. */
    void gone(Subscriber client);

    /** Returns the maximum number of bindings of a client. */
    int maxBindings();
  }

  private final Subscriptions subscriptions;
  private final Subscriber client;
  private final TokenGuard guard;
  private final RateLimit rate;

  SubscriberSession(
      Subscriptions subscriptions, Subscriber client, TokenGuard guard, RateLimit rate) {
    this.subscriptions = subscriptions;
    this.client = client;
    this.guard = guard;
    this.rate = rate;
  }

  /** The outcome of a request. */
  private sealed interface Result {

    /**
     * The request succeeded; {@code then} runs after the reply is queued, so that the reply
     * precedes any events.
     */
    record Success(ObjectNode data, Runnable then) implements Result {

      Success(ObjectNode data) {
        this(data, () -> {});
      }
    }

    record Errors(List<String> texts) implements Result {}

    /** The client has been closed, so there is no reply. */
    record Closed() implements Result {}

    static Errors error(String text) {
      return new Errors(List.of(text));
    }
  }

  /**
   * Handles a frame that the client has sent and queues the reply. If the client is not yet
   * authenticated, blocks while the authenticator checks its token.
   *
   * @param text the content of the frame
   */
  public void receive(String text) {
    ObjectNode request;
    try {
      if (!(Json.read(text) instanceof ObjectNode object)) {
        reply(requestId(Json.object()), Result.error("the frame must be a JSON object"));
        return;
      }
      request = object;
    } catch (JacksonException e) {
      // The parser's message may quote the frame, which may contain a token.
      reply(requestId(Json.object()), Result.error("the frame is not JSON"));
      return;
    }
    reply(requestId(request), answer(request));
  }

  /** Removes the client and its bindings after it has disconnected. */
  public void closed() {
    subscriptions.gone(client);
  }

  private static JsonNode requestId(ObjectNode request) {
    JsonNode id = request.path("request_id");
    return id.isString() || id.isNumber()
        ? id
        : StringNode.valueOf(UUID.randomUUID().toString().replace("-", ""));
  }

  private void reply(JsonNode requestId, Result result) {
    ObjectNode reply = Json.object();
    reply.put("action", "reply");
    reply.set("request_id", requestId);
    switch (result) {
      case Result.Success(ObjectNode data, Runnable then) -> {
        reply.put("status", "success");
        reply.set("data", data);
      }
      case Result.Errors(List<String> texts) -> {
        reply.put("status", "error");
        ArrayNode errors = reply.putObject("data").putArray("errors");
        texts.forEach(errors::add);
      }
      case Result.Closed closed -> {
        return;
      }
    }
    client.reply(EventFormat.json(reply));
    if (result instanceof Result.Success(ObjectNode data, Runnable then)) {
      then.run();
    }
  }

  private Result answer(ObjectNode request) {
    if (!rate.take(client.id()).allowed()) {
      return Result.error("rate limiting threshold hit for " + client.peer() + "!");
    }
    try {
      Optional<Result> refused = authenticate(request);
      return refused.isPresent()
          ? refused.get()
          : perform(request, client.login().orElseThrow().access());
    } catch (StoreUnavailableException e) {
      return Result.error("the document store is unavailable");
    }
  }

  /**
   * Authenticates the client by the token in the request, unless an earlier request had a valid
   * token; returns an error if the token is missing or invalid.
   */
  private Optional<Result> authenticate(ObjectNode request) {
    if (client.login().isPresent()) {
      return Optional.empty();
    }
    JsonNode token = request.path("auth_token");
    if (token.isMissingNode() || token.isNull()) {
      return Optional.of(Result.error("authentication token required"));
    }
    if (!token.isString() || token.asString().isEmpty()) {
      return Optional.of(Result.error("invalid authentication token format"));
    }
    return switch (guard.check(client.peer().host(), token.asString())) {
      case TokenGuard.Checked.Valid(Login login) ->
          subscriptions.authenticated(client, login)
              ? Optional.empty()
              : Optional.of(new Result.Closed());
      case TokenGuard.Checked.Unknown unknown ->
          Optional.of(Result.error("failed to authenticate token " + token.asString()));
      case TokenGuard.Checked.Throttled(Duration retryAfter, String message) ->
          Optional.of(Result.error(message));
    };
  }

  private Result perform(ObjectNode request, Access access) {
    JsonNode action = request.path("action");
    if (!action.isMissingNode() && !action.isString()) {
      return Result.error("\"action\" must be a string");
    }
    JsonNode data = request.path("data");
    if (!data.isMissingNode() && !data.isObject()) {
      return Result.error("\"data\" must be an object");
    }
    ObjectNode given = Json.object(request, "data").orElseGet(Json::object);
    return switch (action.asString("noop")) {
      case "noop" -> new Result.Success(Json.object());
      case "ping" -> new Result.Success(Json.object().put("response", "pong"));
      case "subscribe" -> subscribe(given, access);
      case "unsubscribe" -> unsubscribe(given, access);
      default -> Result.error("unknown action " + action.asString());
    };
  }

  private Result subscribe(ObjectNode data, Access access) {
    if (!access.allows(Scope.READ)) {
      return Result.error("the token does not have the scope \"read\"");
    }
    return switch (SubscribeRequest.read(data, access)) {
      case SubscribeRequest.Bad(List<String> errors) -> new Result.Errors(errors);
      case SubscribeRequest.Good allowed -> {
        List<SubscriptionTopic> bound = client.topics();
        List<SubscriptionTopic> topics =
            allowed.topics().filter(topic -> !bound.contains(topic)).toList();
        if (bound.size() + topics.size() > subscriptions.maxBindings()) {
          yield Result.error("too many bindings: the limit is " + subscriptions.maxBindings());
        }
        yield topics.isEmpty()
            ? new Result.Success(Json.object())
            : new Result.Success(
                listing("subscribed", Stream.concat(bound.stream(), topics.stream())),
                () -> subscriptions.bind(client, topics, allowed.from()));
      }
    };
  }

  /** Removes bindings; those that the client does not have are ignored. */
  private Result unsubscribe(ObjectNode data, Access access) {
    List<SubscriptionTopic> bound = client.topics();
    if (data.isEmpty()) {
      return unbound(bound);
    }
    return switch (SubscribeRequest.read(data, access)) {
      case SubscribeRequest.Bad(List<String> errors) -> new Result.Errors(errors);
      case SubscribeRequest.Good allowed ->
          unbound(allowed.topics().filter(bound::contains).toList());
    };
  }

  private Result unbound(List<SubscriptionTopic> topics) {
    subscriptions.unbind(client, topics);
    ObjectNode data = listing("unsubscribed", topics.stream());
    data.setAll(listing("subscribed", client.topics().stream()));
    return new Result.Success(data);
  }

  private static ObjectNode listing(String key, Stream<SubscriptionTopic> topics) {
    ObjectNode listing = Json.object();
    ArrayNode list = listing.putArray(key);
    topics.map(topic -> topic.binding().text()).forEach(list::add);
    return listing;
  }
}
