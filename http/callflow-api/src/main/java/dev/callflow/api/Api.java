package dev.callflow.api;

import dev.callflow.api.access.Access;
import dev.callflow.api.access.Authenticator;
import dev.callflow.api.access.FailureLimit;
import dev.callflow.api.access.HashedTokens;
import dev.callflow.api.access.Login;
import dev.callflow.api.access.RateLimit;
import dev.callflow.api.access.TokenGuard;
import dev.callflow.api.account.AccountResource;
import dev.callflow.api.answer.Answer;
import dev.callflow.api.answer.FailureCode;
import dev.callflow.api.call.CallPlaces;
import dev.callflow.api.conference.ConferenceKind;
import dev.callflow.api.conference.ConferenceResource;
import dev.callflow.api.conference.InvitationResource;
import dev.callflow.api.document.DocumentResource;
import dev.callflow.api.document.Kinds;
import dev.callflow.api.event.CloseReason;
import dev.callflow.api.event.EventHub;
import dev.callflow.api.event.SocketLimits;
import dev.callflow.api.history.HistoryResource;
import dev.callflow.api.mail.Invitations;
import dev.callflow.api.route.ApiCall;
import dev.callflow.api.route.ApiOperation;
import dev.callflow.api.route.ApiOperations;
import dev.callflow.api.route.Envelope;
import dev.callflow.api.route.Parameters;
import dev.callflow.api.route.RequestHead;
import dev.callflow.conference.Conferences;
import dev.callflow.conference.kazoo.ControlRequest;
import dev.callflow.core.CallflowCheck;
import dev.callflow.core.CallflowEngine;
import dev.callflow.core.CallflowModule;
import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.EditableStore;
import dev.callflow.core.document.StoreUnavailableException;
import dev.callflow.core.record.MemoryRecords;
import dev.callflow.core.record.RecordStore;
import dev.callflow.core.time.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers the requests of the REST API that docs/spec/api.md describes.
 *
 * <p>Safe for use by any thread. A request is answered on the calling thread, which is blocked
 * while the store and FreeSWITCH do their work; a dial request blocks it until the dialled calls
 * are answered or have stopped ringing.
 */
public final class Api {

  private static final Logger LOG = LoggerFactory.getLogger(Api.class);

  private final EditableStore store;
  private final TimeSource time;
  private final TokenGuard guard;
  private final RateLimit limit;
  private final ApiOperations operations;
  private final EventHub hub;
  private final EnvelopeWriter replies;

  private Api(Builder builder) {
    store = builder.store;
    time = builder.time;
    guard = new TokenGuard(builder.authenticator, builder.failureLimit, builder.time);
    limit = builder.limit;
    hub =
        new EventHub(
            builder.conferences, builder.authenticator, guard, builder.time, builder.socketLimits);
    operations = new ApiOperations(operations(builder));
    replies = new EnvelopeWriter(builder.time);
  }

  private List<ApiOperation> operations(Builder builder) {
    List<ApiOperation> all = new ArrayList<>();
    all.addAll(
        new DocumentResource(
                builder.store,
                new Kinds(
                    new ConferenceKind(builder.conferences, builder.time),
                    new CallflowCheck(builder.modules, builder.conferences.media()),
                    builder.conferences.media()))
            .operations());
    all.addAll(
        new ConferenceResource(
                builder.conferences, builder.time, builder.performed.andThen(hub::performed))
            .operations());
    all.addAll(
        new InvitationResource(
                builder.store,
                builder.conferences,
                builder.invitations,
                builder.invitationLimit,
                builder.time)
            .operations());
    all.addAll(new SubscriberResource(hub).operations());
    builder.calls.ifPresent(places -> all.addAll(new CallResource(places).operations()));
    all.addAll(new AccountResource(builder.store).operations());
    all.addAll(new HistoryResource(builder.records, builder.conferences).operations());
    return all;
  }

  /**
   * Returns a builder for an API. Unless an authenticator is set, the API refuses every token.
   *
   * @param store the store that holds the documents
   * @param conferences the conferences
   * @param time the time source
   * @return a builder
   */
  public static Builder builder(EditableStore store, Conferences conferences, TimeSource time) {
    return new Builder(store, conferences, time);
  }

  /**
   * Returns the time source, by which a server measures how long requests take.
   *
   * @return the time source of the builder
   */
  public TimeSource time() {
    return time;
  }

  /** Configures and builds an API. */
  public static final class Builder {

    private static final int BURST = 1_000;
    private static final int PER_SECOND = 200;
    private static final int MAILS = 200;

    private final EditableStore store;
    private final Conferences conferences;
    private final TimeSource time;
    private Authenticator authenticator = token -> Optional.empty();
    private FailureLimit failureLimit = FailureLimit.STANDARD;
    private RateLimit limit;
    private final List<CallflowModule> modules = new ArrayList<>();
    private Consumer<ControlRequest> performed = request -> {};
    private Optional<Invitations> invitations = Optional.empty();
    private RateLimit invitationLimit;
    private SocketLimits socketLimits = SocketLimits.STANDARD;
    private Optional<CallPlaces> calls = Optional.empty();
    private RecordStore records = new MemoryRecords();

    private Builder(EditableStore store, Conferences conferences, TimeSource time) {
      this.store = store;
      this.conferences = conferences;
      this.time = time;
      limit = new RateLimit(BURST, PER_SECOND, time);
      invitationLimit = new RateLimit(MAILS, MAILS, Duration.ofHours(1), time);
      modules.addAll(CallflowEngine.builder(store, time).modules());
      modules.addAll(conferences.modules());
    }

    /**
     * Sets the authenticator.
     *
     * @param authenticator the authenticator; by default every token is refused
     * @return this builder
     */
    public Builder authenticator(Authenticator authenticator) {
      this.authenticator = authenticator;
      return this;
    }

    /**
     * Sets the rate limit for requests, which applies to each token separately.
     *
     * @param limit the limit; by default a burst of 1,000 requests, then 200 a second
     * @return this builder
     */
    public Builder limit(RateLimit limit) {
      this.limit = limit;
      return this;
    }

    /**
     * Sets how many requests with unknown tokens an address may send.
     *
     * @param limit the limit; {@link FailureLimit#STANDARD} by default
     * @return this builder
     */
    public Builder failureLimit(FailureLimit limit) {
      failureLimit = limit;
      return this;
    }

    /**
     * Adds custom callflow modules. A callflow document is refused if it contains a module that is
     * neither built in nor added here.
     *
     * @param modules the modules
     * @return this builder
     */
    public Builder modules(Collection<? extends CallflowModule> modules) {
      this.modules.addAll(modules);
      return this;
    }

    /**
     * Sets a listener that is notified of each action that a client has performed.
     *
     * @param listener the listener, called on the thread of the request; by default there is none
     * @return this builder
     */
    public Builder performed(Consumer<ControlRequest> listener) {
      performed = listener;
      return this;
    }

    /**
     * Sets the limits for clients that subscribe to conference events.
     *
     * @param limits the limits; {@link SocketLimits#STANDARD} by default
     * @return this builder
     */
    public Builder socketLimits(SocketLimits limits) {
      socketLimits = limits;
      return this;
    }

    /**
     * Lets clients list the calls of an account with the nodes that they are at.
     *
     * @param places an observer of the host's calls; without one, there is no such list
     * @return this builder
     */
    public Builder calls(CallPlaces places) {
      calls = Optional.of(places);
      return this;
    }

    /**
     * Sets the sender of email invitations.
     *
     * @param sender the sender; without one, requests to send invitations are refused with 501
     * @return this builder
     */
    public Builder invitations(Invitations sender) {
      invitations = Optional.of(sender);
      return this;
    }

    /**
     * Sets the rate limit for invitation emails, which applies to each account separately.
     *
     * @param limit the limit; by default a burst of 200 emails, then 200 an hour
     * @return this builder
     */
    public Builder invitationLimit(RateLimit limit) {
      invitationLimit = limit;
      return this;
    }

    /**
     * Sets the store of records, for all that the API keeps besides documents.
     *
     * @param store the store; by default records are kept in memory
     * @return this builder
     */
    public Builder records(RecordStore store) {
      records = store;
      return this;
    }

    /**
     * Builds the API.
     *
     * @return the API
     */
    public Api build() {
      return new Api(this);
    }
  }

  /**
   * Returns the hub that delivers conference events to the subscribed clients.
   *
   * @return the hub; open a session on it for each WebSocket connection
   */
  public EventHub sockets() {
    return hub;
  }

  /** Returns all operations, so that tests can compare them with their description. */
  ApiOperations operations() {
    return operations;
  }

  /** The result of checking a request by its headers alone, before its body is read. */
  public sealed interface Admission {

    /**
     * The token is valid.
     *
     * @param request the request without its body
     * @param login the access that the token gives
     * @param remaining how many more requests may be sent at once with the token
     */
    record Admitted(ApiRequest request, Login login, long remaining) implements Admission {

      /**
       * Returns a key by which the requests of an account can be counted.
       *
       * @return the account's id, or {@code *} for super admins
       */
      public String accountKey() {
        return switch (login.access()) {
          case Access.OfAccount owner -> owner.account().value();
          case Access.SuperAdmin all -> "*";
        };
      }
    }

    /**
     * The request is refused; its body need not be read.
     *
     * @param reply the reply
     */
    record Refused(ApiReply reply) implements Admission {}
  }

  /**
   * Answers a request. Every failure becomes a reply; nothing is thrown.
   *
   * @param request the request
   * @return the reply
   */
  public ApiReply answer(ApiRequest request) {
    return switch (admit(request)) {
      case Admission.Refused(ApiReply reply) -> reply;
      case Admission.Admitted admitted -> answer(admitted, request.body());
    };
  }

  /**
   * Checks the token and the rate of a request. A server calls this before it reads the body, so
   * that only clients with a valid token can make it read one.
   *
   * @param request the request; its body is ignored
   * @return whether to continue with {@link #answer(Admission.Admitted, String)}
   */
  public Admission admit(ApiRequest request) {
    Optional<String> token = request.header("X-Auth-Token");
    if (token.isEmpty()) {
      return new Admission.Refused(replies.of(request, noCredentials(), 0));
    }
    try {
      return switch (guard.check(request.client(), token.get())) {
        case TokenGuard.Checked.Valid(Login login) -> admit(request, login);
        case TokenGuard.Checked.Unknown unknown ->
            new Admission.Refused(replies.of(request, noCredentials(), 0));
        case TokenGuard.Checked.Throttled(Duration retryAfter, String message) ->
            new Admission.Refused(
                refuse(request, FailureCode.TOO_MANY_REQUESTS, message).retryAfter(retryAfter));
      };
    } catch (RuntimeException e) {
      return new Admission.Refused(replies.of(request, failed(request, e), 0));
    }
  }

  private Admission admit(ApiRequest request, Login login) {
    RateLimit.Taken taken = limit.take(HashedTokens.hash(login.token()));
    return taken.allowed()
        ? new Admission.Admitted(request, login, taken.remaining())
        : new Admission.Refused(
            refuse(request, FailureCode.TOO_MANY_REQUESTS, "too many requests with this token"));
  }

  /**
   * Answers an admitted request. Every failure becomes a reply; nothing is thrown.
   *
   * @param admitted the request
   * @param body the body; empty if there is none
   * @return the reply
   */
  public ApiReply answer(Admission.Admitted admitted, String body) {
    ApiRequest request = admitted.request();
    Answer answer;
    try {
      answer =
          switch (Envelope.open(body)) {
            case Envelope.Opened.Bad(String reason) ->
                Answer.refused(FailureCode.INVALID_ENVELOPE, reason);
            case Envelope.Opened.Good(Envelope envelope) ->
                answer(request, envelope, admitted.login());
          };
    } catch (RuntimeException e) {
      answer = failed(request, e);
    }
    return named(request, replies.of(request, answer, admitted.remaining()));
  }

  /**
   * Refuses a request that the server could not read or does not accept.
   *
   * @param request the parts of the request that are known
   * @param failure the reason
   * @param message the explanation in English, without secrets
   * @return the reply
   */
  public ApiReply refuse(ApiRequest request, FailureCode failure, String message) {
    return replies.of(request, Answer.refused(failure, message), 0);
  }

  /**
   * Refuses a client that may not connect, because {@link EventHub} has as many as a limit allows.
   *
   * @param request the request for a WebSocket or an event stream
   * @param reason the reason of the hub
   * @return the reply
   */
  public ApiReply refuse(ApiRequest request, CloseReason reason) {
    FailureCode failure =
        reason.kind() == CloseReason.Kind.TOTAL_LIMIT
            ? FailureCode.OVERLOADED
            : FailureCode.TOO_MANY_REQUESTS;
    return refuse(request, failure, reason.message());
  }

  private static Answer noCredentials() {
    return Answer.refused(FailureCode.INVALID_CREDENTIALS, "invalid credentials");
  }

  private static Answer failed(ApiRequest request, RuntimeException e) {
    if (e instanceof StoreUnavailableException unavailable) {
      if (unavailable.isFull()) {
        LOG.error("{}: refused because the disk of the document store is full", request, e);
        return Answer.refused(
            FailureCode.FULL,
            "the document was not changed, because the disk of the document store is full;"
                + " documents can still be read");
      }
      LOG.warn("{}: refused because the document store is unavailable", request, e);
      return Answer.refused(FailureCode.UNAVAILABLE, "the document store is unavailable");
    }
    LOG.error("{}: internal error", request, e);
    return Answer.refused(FailureCode.INTERNAL, "internal error");
  }

  private static RequestHead head(ApiRequest request) {
    return new RequestHead(
        request.verb(), request.path(), request.query(), request.headers(), request.client());
  }

  /** Names the query parameters that the operation has ignored. */
  private ApiReply named(ApiRequest request, ApiReply reply) {
    return !request.query().isEmpty()
            && operations.find(request.verb(), request.path())
                instanceof
                ApiOperations.Found.One(ApiOperation operation, Map<String, String> values)
        ? operation
            .parameters()
            .ignored(request.query())
            .map(names -> reply.header(Parameters.IGNORED_HEADER, names))
            .orElse(reply)
        : reply;
  }

  private Answer answer(ApiRequest request, Envelope envelope, Login login) {
    String verb = verb(request, envelope);
    return switch (operations.find(verb, request.path())) {
      case ApiOperations.Found.None none -> Answer.notFound(request.path());
      case ApiOperations.Found.OtherVerbs(Set<String> verbs, Map<String, String> values) ->
          refusal(login.access(), values).orElseGet(() -> Answer.wrongVerb(verb, verbs));
      case ApiOperations.Found.One(ApiOperation operation, Map<String, String> values) ->
          refusal(login.access(), values)
              .or(() -> refusal(login.access(), operation))
              .or(() -> operation.parameters().check(request.query()))
              .orElseGet(() ->
                  operation
                      .handler()
                      .answer(new ApiCall(head(request), Optional.of(login), envelope, values)));
    };
  }

  private Optional<Answer> refusal(Access access, Map<String, String> values) {
    Optional<AccountId> account =
        Optional.ofNullable(values.get(ApiOperation.ACCOUNT)).map(AccountId::new);
    return account.isPresent() && !access.covers(account.get())
        ? Optional.of(
            Answer.refused(FailureCode.FORBIDDEN, "the token does not give access to this account"))
        : account.filter(it -> store.account(it).isEmpty()).map(it -> Answer.notFound(it.value()));
  }

  private static Optional<Answer> refusal(Access access, ApiOperation operation) {
    return operation
        .scope()
        .filter(scope -> !access.allows(scope))
        .map(scope ->
            Answer.refused(
                FailureCode.FORBIDDEN,
                "the token does not have the scope \"" + scope.key() + "\""));
  }

  /**
   * Returns the method to perform. Only a POST may name another method: the GET that a browser
   * sends when a user follows a link must not delete anything.
   */
  private static String verb(ApiRequest request, Envelope envelope) {
    return request.verb().equals("POST")
        ? envelope
            .verb()
            .or(() -> Optional.ofNullable(request.query().get("verb")))
            .orElse("POST")
            .toUpperCase(Locale.ROOT)
        : request.verb();
  }
}
