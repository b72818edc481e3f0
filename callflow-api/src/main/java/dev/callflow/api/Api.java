package dev.callflow.api;

import dev.callflow.api.access.Access;
import dev.callflow.api.access.Authenticator;
import dev.callflow.api.access.HashedTokens;
import dev.callflow.api.access.RateLimit;
import dev.callflow.api.answer.Answer;
import dev.callflow.api.answer.FailureCode;
import dev.callflow.api.conference.ConferenceKind;
import dev.callflow.api.conference.ConferenceResource;
import dev.callflow.api.conference.InvitationResource;
import dev.callflow.api.document.DocumentResource;
import dev.callflow.api.document.Kinds;
import dev.callflow.api.document.Revision;
import dev.callflow.api.event.EventHub;
import dev.callflow.api.event.SocketLimits;
import dev.callflow.api.mail.Invitations;
import dev.callflow.conference.Conferences;
import dev.callflow.conference.kazoo.ControlRequest;
import dev.callflow.core.CallflowCheck;
import dev.callflow.core.CallflowEngine;
import dev.callflow.core.CallflowModule;
import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.DocumentType;
import dev.callflow.core.document.EditableStore;
import dev.callflow.core.document.StoreUnavailableException;
import dev.callflow.core.time.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The REST API of the seed documents (docs/spec/api.md): a request in, a reply out.
 *
 * <p>Safe for use by any thread. Each request is answered on the caller's thread, which it may
 * block: for as long as the store and the switch take, and a dial for as long as it rings.
 */
public final class Api {

  private static final Logger LOG = LoggerFactory.getLogger(Api.class);

  private final EditableStore store;
  private final Authenticator authenticator;
  private final RateLimit limit;
  private final DocumentResource documents;
  private final ConferenceResource conferences;
  private final InvitationResource invitations;
  private final EventHub hub;
  private final EnvelopeWriter replies;

  private Api(Builder builder) {
    store = builder.store;
    authenticator = builder.authenticator;
    limit = builder.limit;
    documents =
        new DocumentResource(
            builder.store,
            new Kinds(
                new ConferenceKind(builder.conferences, builder.time),
                new CallflowCheck(builder.modules, builder.conferences.media()),
                builder.conferences.media()));
    hub =
        new EventHub(
            builder.conferences, builder.authenticator, builder.time, builder.socketLimits);
    conferences =
        new ConferenceResource(
            builder.conferences, builder.time, builder.performed.andThen(hub::performed));
    invitations =
        new InvitationResource(
            builder.store,
            builder.conferences,
            builder.invitations,
            builder.invitationLimit,
            builder.time);
    replies = new EnvelopeWriter(builder.time);
  }

  /**
   * Begins to make an API that refuses every token.
   *
   * @param store the documents
   * @param conferences the conferences
   * @param time the time source
   * @return a builder
   */
  public static Builder builder(EditableStore store, Conferences conferences, TimeSource time) {
    return new Builder(store, conferences, time);
  }

  /** Collects what an API is made of. */
  public static final class Builder {

    private static final int BURST = 1_000;
    private static final int PER_SECOND = 200;
    private static final int MAILS = 200;

    private final EditableStore store;
    private final Conferences conferences;
    private final TimeSource time;
    private Authenticator authenticator = token -> Optional.empty();
    private RateLimit limit;
    private final List<CallflowModule> modules = new ArrayList<>();
    private Consumer<ControlRequest> performed = request -> {};
    private Optional<Invitations> invitations = Optional.empty();
    private RateLimit invitationLimit;
    private SocketLimits socketLimits = SocketLimits.STANDARD;

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
     * Sets who decides whose a token is.
     *
     * @param decides nobody is let in unless set
     * @return this builder
     */
    public Builder authenticator(Authenticator decides) {
      authenticator = decides;
      return this;
    }

    /**
     * Sets how many requests one token may send.
     *
     * @param most 1,000 at once and 200 a second after that, unless set
     * @return this builder
     */
    public Builder limit(RateLimit most) {
      limit = most;
      return this;
    }

    /**
     * Adds modules of callflows that are not ours: else callflows that name them are refused.
     *
     * @param others the modules
     * @return this builder
     */
    public Builder modules(Collection<? extends CallflowModule> others) {
      modules.addAll(others);
      return this;
    }

    /**
     * Sets the receiver of actions that clients have done.
     *
     * @param told nothing is done unless set; called on the thread of the request
     * @return this builder
     */
    public Builder performed(Consumer<ControlRequest> told) {
      performed = told;
      return this;
    }

    /**
     * Sets what clients that watch conferences may use.
     *
     * @param limits {@link SocketLimits#STANDARD} unless set
     * @return this builder
     */
    public Builder socketLimits(SocketLimits limits) {
      socketLimits = limits;
      return this;
    }

    /**
     * Sets what sends invitations by mail.
     *
     * @param sends nothing unless set; requests for invitations are refused then
     * @return this builder
     */
    public Builder invitations(Invitations sends) {
      invitations = Optional.of(sends);
      return this;
    }

    /**
     * Sets how many mails one account may send.
     *
     * @param most 200 at once and 200 an hour after that, unless set
     * @return this builder
     */
    public Builder invitationLimit(RateLimit most) {
      invitationLimit = most;
      return this;
    }

    /**
     * Makes the API.
     *
     * @return the API
     */
    public Api build() {
      return new Api(this);
    }
  }

  /**
   * Returns the hub of the clients that watch conferences.
   *
   * @return the hub; open a session for each connection that speaks its protocol
   */
  public EventHub sockets() {
    return hub;
  }

  /**
   * Answers a request.
   *
   * @param request the request
   * @return the reply, whatever comes
   */
  public ApiReply answer(ApiRequest request) {
    Optional<String> token = request.header("X-Auth-Token");
    if (token.isEmpty()) {
      return replies.of(request, noCredentials(), 0);
    }
    RateLimit.Taken taken = limit.take(HashedTokens.hash(token.get()));
    Answer answer =
        taken.allowed()
            ? answer(request, token.get())
            : Answer.refused(FailureCode.TOO_MANY_REQUESTS, "too many requests with this token");
    return replies.of(request, answer, taken.remaining());
  }

  /**
   * Refuses a request that could not even be read.
   *
   * @param request what is known of it
   * @param failure why
   * @return the reply
   */
  public ApiReply refuse(ApiRequest request, FailureCode failure) {
    return replies.of(request, Answer.refused(failure, failure.message()), 0);
  }

  private static Answer noCredentials() {
    return Answer.refused(FailureCode.INVALID_CREDENTIALS, "invalid credentials");
  }

  private Answer answer(ApiRequest request, String token) {
    try {
      Optional<Access> access = authenticator.authenticate(token);
      if (access.isEmpty()) {
        return noCredentials();
      }
      return switch (Envelope.open(request.body())) {
        case Envelope.Opened.Bad(String why) -> Answer.refused(FailureCode.INVALID_ENVELOPE, why);
        case Envelope.Opened.Good(Envelope envelope) -> answer(request, envelope, access.get());
      };
    } catch (StoreUnavailableException e) {
      LOG.warn("{} was not answered: the documents cannot be read", request, e);
      return Answer.refused(FailureCode.UNAVAILABLE, "the documents cannot be read or written now");
    } catch (RuntimeException e) {
      LOG.error("{} has failed", request, e);
      return Answer.refused(FailureCode.INTERNAL, "we have failed");
    }
  }

  private Answer answer(ApiRequest request, Envelope envelope, Access access) {
    if (Route.isAllSockets(request.path())) {
      return request.verb().equals("GET")
          ? Answer.ok(hub.list(access))
          : noSuchVerb(request.verb());
    }
    Optional<Route> route = Route.of(request.path());
    if (route.isEmpty()) {
      return Answer.notFound(request.path());
    }
    AccountId account = route.get().account();
    if (!access.covers(account)) {
      return Answer.refused(FailureCode.FORBIDDEN, "the token is not for this account");
    }
    if (store.account(account).isEmpty()) {
      return Answer.notFound(account.value());
    }
    String verb =
        envelope
            .verb()
            .or(() -> Optional.ofNullable(request.query().get("verb")))
            .orElse(request.verb())
            .toUpperCase(Locale.ROOT);
    return switch (verb) {
      case "GET", "HEAD" -> read(route.get(), request, access);
      case "PUT" -> put(route.get(), request, envelope);
      case "POST", "PATCH", "DELETE" -> change(verb, route.get(), request, envelope);
      default -> noSuchVerb(verb);
    };
  }

  private static Answer noSuchVerb(String verb) {
    return Answer.refused(FailureCode.INVALID_METHOD, "there is no " + verb + " here");
  }

  private Answer read(Route route, ApiRequest request, Access access) {
    return switch (route) {
      case Route.Collection(AccountId account, DocumentType type) ->
          documents.list(account, type, request.query());
      case Route.One(AccountId account, DocumentType type, String id) ->
          documents.get(account, type, id);
      case Route.Participants(AccountId account, String conference) ->
          conferences.participants(account, conference);
      case Route.Participant(AccountId account, String conference, String id) ->
          conferences.participant(account, conference, id);
      case Route.Invitations invited -> noSuchVerb("GET");
      case Route.Events(AccountId account, String conference) ->
          conferences.events(account, conference, request.header("Last-Event-ID"), access);
      case Route.Sockets(AccountId account) -> Answer.ok(hub.list(account));
      case Route.Socket(AccountId account, String id) ->
          hub.find(account, id).<Answer>map(Answer::ok).orElseGet(() -> Answer.notFound(id));
    };
  }

  private Answer put(Route route, ApiRequest request, Envelope envelope) {
    Optional<Answer> bad = withoutData(envelope);
    return switch (route) {
      case Route.Collection(AccountId account, DocumentType type) ->
          bad.orElseGet(() -> documents.create(account, type, envelope.data()));
      case Route.One(AccountId account, DocumentType type, String id)
          when type == DocumentType.CONFERENCE ->
          conferences.act(account, id, action(request, envelope));
      case Route.One one -> noSuchVerb("PUT");
      case Route.Participants(AccountId account, String conference) ->
          conferences.actOnAll(account, conference, action(request, envelope));
      case Route.Participant(AccountId account, String conference, String id) ->
          conferences.actOnOne(account, conference, id, action(request, envelope));
      case Route.Invitations(AccountId account, String conference) ->
          bad.orElseGet(() ->
              invitations.invite(
                  account, conference, envelope.data(), request.header("Idempotency-Key")));
      case Route.Events events -> noSuchVerb("PUT");
      case Route.Sockets all -> noSuchVerb("PUT");
      case Route.Socket one -> noSuchVerb("PUT");
    };
  }

  private Answer change(String verb, Route route, ApiRequest request, Envelope envelope) {
    return switch (route) {
      case Route.One document -> change(verb, document, request, envelope);
      case Route.Collection all -> noSuchVerb(verb);
      case Route.Participants all -> noSuchVerb(verb);
      case Route.Participant one -> noSuchVerb(verb);
      case Route.Invitations all -> noSuchVerb(verb);
      case Route.Events all -> noSuchVerb(verb);
      case Route.Sockets all -> noSuchVerb(verb);
      case Route.Socket one -> noSuchVerb(verb);
    };
  }

  private Answer change(String verb, Route.One document, ApiRequest request, Envelope envelope) {
    AccountId account = document.account();
    DocumentType type = document.type();
    String id = document.id();
    Optional<Long> seen =
        request
            .header("If-Match")
            .or(() -> Optional.ofNullable(envelope.top().path("revision").asString(null)))
            .flatMap(Revision::read);
    return switch (verb) {
      case "DELETE" -> documents.remove(account, type, id, seen);
      case "POST" ->
          withoutData(envelope)
              .orElseGet(() -> documents.replace(account, type, id, envelope.data(), seen));
      case "PATCH" ->
          withoutData(envelope)
              .orElseGet(() -> documents.patch(account, type, id, envelope.data(), seen));
      default -> noSuchVerb(verb);
    };
  }

  private static Optional<Answer> withoutData(Envelope envelope) {
    return envelope.hasData()
        ? Optional.empty()
        : Optional.of(Answer.refused(FailureCode.INVALID_ENVELOPE, "the body has no data"));
  }

  private static ConferenceResource.Action action(ApiRequest request, Envelope envelope) {
    return new ConferenceResource.Action(
        envelope.action().or(() -> Optional.ofNullable(request.query().get("action"))).orElse(""),
        envelope.actionData(),
        request.query(),
        request.header("Idempotency-Key"));
  }
}
