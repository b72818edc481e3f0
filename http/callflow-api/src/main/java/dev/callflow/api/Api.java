package dev.callflow.api;

import dev.callflow.api.access.Access;
import dev.callflow.api.access.AddressGroup;
import dev.callflow.api.access.Authenticator;
import dev.callflow.api.access.FailureLimit;
import dev.callflow.api.access.HashedTokens;
import dev.callflow.api.access.Login;
import dev.callflow.api.access.RateLimit;
import dev.callflow.api.access.Scope;
import dev.callflow.api.access.StoredTokens;
import dev.callflow.api.access.TokenGuard;
import dev.callflow.api.account.AccountResource;
import dev.callflow.api.answer.Answer;
import dev.callflow.api.answer.FailureCode;
import dev.callflow.api.answer.Violations;
import dev.callflow.api.audit.AuditEntry;
import dev.callflow.api.audit.AuditLog;
import dev.callflow.api.audit.AuditResource;
import dev.callflow.api.call.CallPlaces;
import dev.callflow.api.conference.ConferenceKind;
import dev.callflow.api.conference.ConferenceResource;
import dev.callflow.api.conference.EventStreamResource;
import dev.callflow.api.conference.InvitationResource;
import dev.callflow.api.credential.Credentials;
import dev.callflow.api.credential.HashCost;
import dev.callflow.api.document.DocumentResource;
import dev.callflow.api.document.Kinds;
import dev.callflow.api.document.WebhookKind;
import dev.callflow.api.document.WebhookResource;
import dev.callflow.api.document.WebhookSwitch;
import dev.callflow.api.event.CloseReason;
import dev.callflow.api.event.EventHub;
import dev.callflow.api.event.SocketLimits;
import dev.callflow.api.file.Downloads;
import dev.callflow.api.file.RecordingResource;
import dev.callflow.api.file.TransferResource;
import dev.callflow.api.file.UploadResource;
import dev.callflow.api.history.HistoryResource;
import dev.callflow.api.login.ImportedApiKeys;
import dev.callflow.api.login.ImportedPasswords;
import dev.callflow.api.login.LoginResource;
import dev.callflow.api.login.UserPasswords;
import dev.callflow.api.mail.Invitations;
import dev.callflow.api.route.ApiCall;
import dev.callflow.api.route.ApiOperation;
import dev.callflow.api.route.ApiOperations;
import dev.callflow.api.route.Envelope;
import dev.callflow.api.route.Parameters;
import dev.callflow.api.route.RequestHead;
import dev.callflow.api.token.TicketResource;
import dev.callflow.api.token.Tickets;
import dev.callflow.api.token.TokenResource;
import dev.callflow.api.webhook.Webhooks;
import dev.callflow.conference.Conferences;
import dev.callflow.conference.kazoo.ControlRequest;
import dev.callflow.core.CallflowCheck;
import dev.callflow.core.CallflowEngine;
import dev.callflow.core.CallflowModule;
import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.EditableStore;
import dev.callflow.core.document.Json;
import dev.callflow.core.document.StoreUnavailableException;
import dev.callflow.core.file.AccountFiles;
import dev.callflow.core.file.FileTransfers;
import dev.callflow.core.file.NoFiles;
import dev.callflow.core.file.TransferredFiles;
import dev.callflow.core.record.MemoryRecords;
import dev.callflow.core.record.RecordStore;
import dev.callflow.core.time.TimeSource;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
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

  /** How many requests without a token an address may send at once. */
  private static final int OPEN_BURST = 30;

  /** How many more requests without a token an address may send each minute. */
  private static final int OPEN_PER_MINUTE = 30;

  private final EditableStore store;
  private final TimeSource time;
  private final Authenticator authenticator;
  private final TokenGuard guard;
  private final AuditLog audit;
  private final RateLimit limit;
  private final RateLimit openLimit;
  private final StoredTokens tokens;
  private final Tickets tickets;
  private final Credentials credentials;
  private final FileTransfers transfers;
  private final ApiOperations operations;
  private final EventHub hub;
  private final EnvelopeWriter replies;

  private Api(Builder builder) {
    store = builder.store;
    time = builder.time;
    tokens = new StoredTokens(builder.records, builder.time);
    tickets = new Tickets(builder.time);
    credentials = new Credentials(builder.records, builder.hashCost, builder.time);
    authenticator = builder.authenticator.or(tokens);
    audit = new AuditLog(builder.records, builder.time);
    guard = new TokenGuard(authenticator, builder.failureLimit, builder.time);
    limit = builder.limit;
    openLimit = new RateLimit(OPEN_BURST, OPEN_PER_MINUTE, Duration.ofMinutes(1), builder.time);
    hub =
        new EventHub(builder.conferences, authenticator, guard, builder.time, builder.socketLimits);
    transfers = builder.transfers;
    operations = new ApiOperations(operations(builder));
    replies = new EnvelopeWriter(builder.time);
  }

  private List<ApiOperation> operations(Builder builder) {
    List<ApiOperation> all = new ArrayList<>();
    UserPasswords passwords = new UserPasswords(builder.store, credentials, tokens);
    Downloads downloads = new Downloads();
    UploadResource uploads = new UploadResource(builder.store, builder.files, downloads);
    DocumentResource documents =
        new DocumentResource(
            builder.store,
            new Kinds(
                new ConferenceKind(builder.conferences, builder.time),
                new CallflowCheck(builder.modules, builder.conferences.media()),
                builder.conferences.media(),
                new WebhookKind(builder.webhooks)));
    WebhookSwitch webhooks = new WebhookSwitch(builder.store, documents, builder.webhooks);
    documents
        .operations()
        .forEach(
            operation -> all.add(webhooks.around(uploads.around(passwords.around(operation)))));
    all.add(webhooks.operation());
    all.addAll(uploads.operations());
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
    all.addAll(new TokenResource(tokens, builder.time).operations());
    all.addAll(new TicketResource(tickets).operations());
    all.addAll(new AuditResource(builder.records).operations());
    all.addAll(new LoginResource(builder.store, credentials, tokens, builder.time).operations());
    all.addAll(
        new WebhookResource(builder.store, builder.records, builder.webhooks, builder.time)
            .operations());
    all.addAll(new EventStreamResource().operations());
    all.addAll(
        new AccountResource(
                builder.store, builder.records, tokens, builder.conferences, builder.calls)
            .operations());
    HistoryResource history = new HistoryResource(builder.records, builder.conferences);
    all.addAll(history.operations());
    all.addAll(new TransferResource(builder.transfers, downloads).operations());
    all.addAll(
        new RecordingResource(builder.records, history, builder.files, downloads).operations());
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
    private Optional<Webhooks> webhooks = Optional.empty();
    private RateLimit invitationLimit;
    private HashCost hashCost = HashCost.STANDARD;
    private SocketLimits socketLimits = SocketLimits.STANDARD;
    private Optional<CallPlaces> calls = Optional.empty();
    private RecordStore records = new MemoryRecords();
    private AccountFiles files = new NoFiles();
    private FileTransfers transfers = FileTransfers.NONE;

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
     * Sets what delivers events to webhooks.
     *
     * @param deliveries the deliveries; without them, webhooks are stored, and tests of them are
     *     refused with 501
     * @return this builder
     */
    public Builder webhooks(Webhooks deliveries) {
      webhooks = Optional.of(deliveries);
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
     * Sets the files of recordings and uploaded media.
     *
     * @param port the files; without them, requests for files are refused with 409
     * @return this builder
     */
    public Builder files(AccountFiles port) {
      files = port;
      return this;
    }

    /**
     * Sets the files of recordings and uploaded media, which FreeSWITCH sends and fetches over the
     * API.
     *
     * @param port the files
     * @return this builder
     */
    public Builder files(TransferredFiles port) {
      files = port;
      transfers = port;
      return this;
    }

    /**
     * Sets how much work the hash of a password is.
     *
     * @param cost the cost; {@link HashCost#STANDARD} by default
     * @return this builder
     */
    public Builder hashCost(HashCost cost) {
      hashCost = cost;
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
   * Moves the passwords and the digests of Kazoo that user documents contain into the store of
   * records, where only slow hashes of them are kept, and likewise the API keys of Kazoo that
   * accounts contain. Call it once after the start, on a thread of its own; it blocks for some
   * tenths of a second for each such user.
   *
   * @return the number of users whose passwords and of accounts whose API keys were moved
   * @throws StoreUnavailableException if the store cannot answer
   */
  public int moveImportedPasswords() {
    return new ImportedApiKeys(store, credentials).move()
        + new ImportedPasswords(store, credentials).move();
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
     * The token is valid, or the request needs none.
     *
     * @param request the request without its body
     * @param login the access that the token gives; empty if the request needs no token
     * @param remaining how many more requests may be sent at once with the token
     */
    record Admitted(ApiRequest request, Optional<Login> login, long remaining)
        implements Admission {

      /**
       * Returns a key by which the requests of an account can be counted.
       *
       * @return the account's id, {@code *} for super admins, or the client's address if the
       *     request needs no token
       */
      public String accountKey() {
        return login
            .map(it ->
                switch (it.access()) {
                  case Access.OfAccount owner -> owner.account().value();
                  case Access.SuperAdmin all -> "*";
                })
            .orElseGet(() -> "address " + AddressGroup.of(request.client()));
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
    if (isTransfer(request)) {
      // A limit would protect nothing, because nobody can guess a link.
      return new Admission.Admitted(request, Optional.empty(), 0);
    }
    if (isOpen(request)) {
      return admitWithoutToken(request);
    }
    return switch (RequestToken.of(request, tickets)) {
      case RequestToken.Given(String token) -> admit(request, token);
      case RequestToken.Missing() -> new Admission.Refused(replies.of(request, noCredentials(), 0));
      case RequestToken.Ambiguous() ->
          new Admission.Refused(
              replies.of(
                  request,
                  Violations.of(
                      "Authorization", "invalid", "must give the same token as X-Auth-Token"),
                  0));
    };
  }

  private boolean isOpen(ApiRequest request) {
    return operations.find(request.verb(), path(request))
            instanceof ApiOperations.Found.One(ApiOperation operation, var values)
        && operation.scope().isEmpty();
  }

  private boolean isTransfer(ApiRequest request) {
    return operations.find(request.verb(), path(request))
            instanceof ApiOperations.Found.One(ApiOperation operation, Map<String, String> values)
        && operation.path().equals(TransferResource.PATH)
        && transfers.isValid(values.getOrDefault(TransferResource.LINK, ""));
  }

  private Admission admitWithoutToken(ApiRequest request) {
    String address = AddressGroup.of(request.client());
    RateLimit.Taken taken = openLimit.take(address);
    return taken.allowed()
        ? new Admission.Admitted(request, Optional.empty(), taken.remaining())
        : new Admission.Refused(
            refuse(
                request,
                FailureCode.TOO_MANY_REQUESTS,
                "too many requests without a token from "
                    + address
                    + ": the limit is "
                    + OPEN_BURST
                    + " at once, then "
                    + OPEN_PER_MINUTE
                    + " a minute"));
  }

  /**
   * Returns the access that a ticket gives, and uses the ticket up.
   *
   * @param ticket the ticket, from the query of a request for a WebSocket
   * @param client the client's IP address
   * @return the access and token; empty if the ticket is unknown, used or expired, or its token is
   *     no longer valid
   */
  public Optional<Login> redeem(String ticket, String client) {
    return tickets
        .redeem(ticket)
        .flatMap(token ->
            guard.check(client, token) instanceof TokenGuard.Checked.Valid(Login login)
                ? Optional.of(login)
                : Optional.empty());
  }

  /** Returns the path of the current version; {@code /v1} is its older name. */
  private static String path(ApiRequest request) {
    return request.path().startsWith("/v1/")
        ? "/v2/" + request.path().substring("/v1/".length())
        : request.path();
  }

  private Admission admit(ApiRequest request, String token) {
    try {
      return switch (guard.check(request.client(), token)) {
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
        ? new Admission.Admitted(request, Optional.of(login), taken.remaining())
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
    if (takesFile(request)) {
      return answer(admitted, new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)));
    }
    Answer answer =
        switch (Envelope.open(body)) {
          case Envelope.Opened.Bad(String reason) ->
              Answer.refused(FailureCode.INVALID_ENVELOPE, reason);
          case Envelope.Opened.Good(Envelope envelope) ->
              audited(admitted, envelope, Optional.empty());
        };
    return named(request, replies.of(request, answer, admitted.remaining()));
  }

  /**
   * Answers an admitted request whose body is a file. Every failure becomes a reply; nothing is
   * thrown.
   *
   * @param admitted the request, for which {@link #takesFile} is true
   * @param upload the body, of which no more is read than is accepted; blocks while it arrives
   * @return the reply
   */
  public ApiReply answer(Admission.Admitted admitted, InputStream upload) {
    ApiRequest request = admitted.request();
    Answer answer = audited(admitted, new Envelope(Json.object()), Optional.of(upload));
    return named(request, replies.of(request, answer, admitted.remaining()));
  }

  /**
   * Returns whether the body of a request is a file, and may be larger than other bodies.
   *
   * @param request the request without its body
   * @return whether to answer it with {@link #answer(Admission.Admitted, InputStream)}
   */
  public boolean takesFile(ApiRequest request) {
    return operations.find(request.verb(), path(request))
            instanceof ApiOperations.Found.One(ApiOperation operation, var values)
        && operation.body() == ApiOperation.Body.FILE;
  }

  private Answer audited(
      Admission.Admitted admitted, Envelope envelope, Optional<InputStream> upload) {
    ApiRequest request = admitted.request();
    String verb =
        admitted.login().isEmpty() || upload.isPresent() ? request.verb() : verb(request, envelope);
    Answer given = answered(request, verb, envelope, admitted.login(), upload);
    audit(request, verb, envelope, admitted.login(), given);
    return given;
  }

  private Answer answered(
      ApiRequest request,
      String verb,
      Envelope envelope,
      Optional<Login> login,
      Optional<InputStream> upload) {
    try {
      return answer(request, verb, envelope, login, upload);
    } catch (RuntimeException e) {
      return failed(request, e);
    }
  }

  /** Adds a change or an action to the audit, whether or not it was refused. */
  private void audit(
      ApiRequest request, String verb, Envelope envelope, Optional<Login> login, Answer answer) {
    if (!verb.equals("GET")
        && !verb.equals("HEAD")
        && operations.find(verb, path(request))
            instanceof ApiOperations.Found.One(ApiOperation operation, var values)
        // FreeSWITCH's own requests change nothing that a client has, and their paths are secret.
        && !operation.path().equals(TransferResource.PATH)) {
      Optional<String> action =
          operation.scope().equals(Optional.of(Scope.CONTROL))
              ? envelope.action().or(() -> Optional.ofNullable(request.query().get("action")))
              : Optional.empty();
      audit.add(
          new AuditEntry(
              Optional.ofNullable(values.get(ApiOperation.ACCOUNT))
                  .filter(account -> !AccountResource.removes(operation))
                  .map(AccountId::new),
              time.now(),
              new AuditEntry.Who(
                  login, login.map(it -> name(it.token())).orElse(""), request.client()),
              new AuditEntry.What(verb, request.path(), action),
              answer.status(),
              answer.reason()));
    }
  }

  private String name(String token) {
    try {
      return authenticator.name(token);
    } catch (StoreUnavailableException e) {
      LOG.debug("the name of a token cannot be read for the audit", e);
      return "";
    }
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
    return new Answer.Refused(
        FailureCode.INVALID_CREDENTIALS,
        Json.object().put("message", "invalid credentials"),
        Map.of("WWW-Authenticate", "Bearer"));
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
            && operations.find(request.verb(), path(request))
                instanceof
                ApiOperations.Found.One(ApiOperation operation, Map<String, String> values)
        ? operation
            .parameters()
            .ignored(request.query())
            .map(names -> reply.header(Parameters.IGNORED_HEADER, names))
            .orElse(reply)
        : reply;
  }

  private Answer answer(
      ApiRequest request,
      String verb,
      Envelope envelope,
      Optional<Login> login,
      Optional<InputStream> upload) {
    return switch (operations.find(verb, path(request))) {
      case ApiOperations.Found.None none -> Answer.notFound(request.path());
      case ApiOperations.Found.OtherVerbs(Set<String> verbs, Map<String, String> values) ->
          login
              .flatMap(it -> refusal(it.access(), values))
              .orElseGet(() -> Answer.wrongVerb(verb, verbs));
      case ApiOperations.Found.One(ApiOperation operation, var values)
          when login.isEmpty() && operation.scope().isPresent() ->
          noCredentials();
      case ApiOperations.Found.One(ApiOperation operation, Map<String, String> values) ->
          login
              .flatMap(it -> refusal(it.access(), values).or(() -> refusal(it.access(), operation)))
              .or(() -> operation.parameters().check(request.query()))
              .orElseGet(() ->
                  operation
                      .handler()
                      .answer(new ApiCall(head(request), login, envelope, upload, values)));
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
