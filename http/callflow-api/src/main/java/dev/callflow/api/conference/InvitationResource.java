package dev.callflow.api.conference;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.callflow.api.access.RateLimit;
import dev.callflow.api.access.Scope;
import dev.callflow.api.answer.Answer;
import dev.callflow.api.answer.FailureCode;
import dev.callflow.api.answer.Violations;
import dev.callflow.api.mail.GuestInvitation;
import dev.callflow.api.mail.Invitations;
import dev.callflow.api.mail.MailAddresses;
import dev.callflow.api.route.ApiOperation;
import dev.callflow.api.route.Parameters;
import dev.callflow.conference.Conferences;
import dev.callflow.conference.mixer.RoomId;
import dev.callflow.core.document.Account;
import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.DocumentSchema;
import dev.callflow.core.document.DocumentStore;
import dev.callflow.core.document.DocumentType;
import dev.callflow.core.document.Json;
import dev.callflow.core.document.Violation;
import dev.callflow.core.time.TimeSource;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** Handles requests to invite guests by email (docs/spec/api.md#invitations). */
public final class InvitationResource {

  private static final DocumentSchema SCHEMA =
      DocumentSchema.load(
          "conferences.email_invite",
          InvitationResource.class.getResourceAsStream("conferences.email_invite.json"));

  /** The maximum number of idempotency keys that are remembered, each for {@link #KEY_LIFETIME}. */
  private static final int MAX_KEYS = 10_000;

  private static final Duration KEY_LIFETIME = Duration.ofMinutes(10);

  /**
   * Matches control characters and line separators. They are checked here instead of in the schema,
   * because "$" in a Java pattern would accept a trailing line break.
   */
  private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}|[\\u2028\\u2029]");

  private static final Pattern CONTROL_IN_LINES = Pattern.compile("[\\p{Cntrl}&&[^\\r\\n\\t]]");

  private final DocumentStore store;
  private final Conferences conferences;
  private final Optional<Invitations> invitations;
  private final RateLimit limit;
  private final Cache<Key, Answer> answered;

  private record Key(RoomId room, String key) {}

  /**
   * Creates the resource.
   *
   * @param store the store that holds the documents
   * @param conferences the conferences
   * @param invitations the sender; empty if no mail server is configured
   * @param limit the rate limit for each account's emails
   * @param time the time source
   */
  public InvitationResource(
      DocumentStore store,
      Conferences conferences,
      Optional<Invitations> invitations,
      RateLimit limit,
      TimeSource time) {
    this.store = store;
    this.conferences = conferences;
    this.invitations = invitations;
    this.limit = limit;
    answered =
        Caffeine.newBuilder()
            .maximumSize(MAX_KEYS)
            .expireAfterWrite(KEY_LIFETIME)
            .ticker(() -> Duration.between(Instant.EPOCH, time.now()).toNanos())
            .build();
  }

  /**
   * Returns the JSON schema of the request data.
   *
   * @return a copy of the schema, draft 7
   */
  public static ObjectNode schema() {
    return SCHEMA.source();
  }

  /**
   * Returns the operations.
   *
   * @return the operations
   */
  public List<ApiOperation> operations() {
    return List.of(
        ApiOperation.of(
                "PUT",
                "/v2/accounts/{account}/conferences/{conference}/email_invite",
                Scope.CONTROL,
                call ->
                    call.withData(data ->
                        invite(
                            call.account(),
                            call.value("conference"),
                            data,
                            call.request().header("Idempotency-Key"))))
            .taking(Parameters.KAZOO));
  }

  /**
   * Invites guests to a conference.
   *
   * @param account the account
   * @param conference the conference's id
   * @param data the link, message and guests
   * @param idempotencyKey the key by which a request repeated within ten minutes is recognised, so
   *     that its emails are not sent again
   * @return 202 once the emails are queued; 501 if no mail server is configured
   */
  public Answer invite(
      AccountId account, String conference, ObjectNode data, Optional<String> idempotencyKey) {
    if (invitations.isEmpty()) {
      return Answer.refused(FailureCode.NOT_IMPLEMENTED, "no mail server is configured");
    }
    if (conferences.find(account, conference).isEmpty()) {
      return Answer.notFound(conference);
    }
    RoomId room = new RoomId(account, conference);
    if (idempotencyKey.isEmpty()) {
      return invite(room, data, invitations.get());
    }
    Optional<Answer> badKey = Violations.ofIdempotencyKey(idempotencyKey.get());
    if (badKey.isPresent()) {
      return badKey.get();
    }
    Key key = new Key(room, idempotencyKey.get());
    Answer answer = answered.get(key, first -> invite(room, data, invitations.get()));
    if (answer instanceof Answer.Refused) {
      answered.invalidate(key);
    }
    return answer;
  }

  private Answer invite(RoomId room, ObjectNode data, Invitations send) {
    List<Violation> violations = violations(data);
    if (!violations.isEmpty()) {
      return Violations.of(violations, data);
    }
    String name = name(room);
    if (CONTROL.matcher(name).find()) {
      return Violations.of(
          "name", "pattern", "the conference's name must not contain control characters");
    }
    List<String> guests = data.path("guests").valueStream().map(JsonNode::asString).toList();
    if (!limit.take(room.account().value(), guests.size()).allowed()) {
      return Answer.refused(
          FailureCode.TOO_MANY_REQUESTS, "the account has sent too many invitations; retry later");
    }
    GuestInvitation invitation =
        new GuestInvitation(
            room,
            name,
            data.path("conference_link").asString(),
            data.path("invite_message").asString(),
            guests,
            settings(room.account()));
    return send.send(invitation)
        ? Answer.accepted(StringNode.valueOf("request accepted"))
        : Answer.refused(
            FailureCode.OVERLOADED, "too many emails are waiting to be sent; retry later");
  }

  private static List<Violation> violations(ObjectNode data) {
    List<Violation> violations = new ArrayList<>(SCHEMA.violations(data));
    if (!violations.isEmpty()) {
      return violations;
    }
    if (!isLink(data.path("conference_link").asString())) {
      violations.add(
          violation("/conference_link", "uri", "must be an http, https, sip or sips URI"));
    }
    if (CONTROL_IN_LINES.matcher(data.path("invite_message").asString()).find()) {
      violations.add(
          new Violation(
              JsonPointer.compile("/invite_message"),
              "pattern",
              Optional.empty(),
              "must not contain control characters"));
    }
    int index = 0;
    for (JsonNode guest : data.path("guests").values()) {
      if (CONTROL.matcher(guest.asString()).find() || !MailAddresses.isGood(guest.asString())) {
        violations.add(violation("/guests/" + index, "email", "must be an email address"));
      }
      index++;
    }
    return violations;
  }

  private static Violation violation(String pointer, String format, String message) {
    return new Violation(
        JsonPointer.compile(pointer), "format", Optional.of(StringNode.valueOf(format)), message);
  }

  private static boolean isLink(String link) {
    try {
      // The URI parser rejects spaces and control characters.
      URI uri = new URI(link);
      String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
      return switch (scheme) {
        case "http", "https" -> uri.getHost() != null;
        case "sip", "sips" -> uri.isOpaque();
        default -> false;
      };
    } catch (URISyntaxException e) {
      return false;
    }
  }

  private String name(RoomId room) {
    return store
        .find(room.account(), DocumentType.CONFERENCE, room.conference())
        .flatMap(document -> Json.text(document.body(), "name"))
        .orElse(room.conference());
  }

  /** Returns the settings for invitations from the account's configuration. */
  private ObjectNode settings(AccountId account) {
    return store
        .account(account)
        .map(Account::config)
        .flatMap(config -> Json.object(config, "conferences"))
        .flatMap(config -> Json.object(config, "email_invite"))
        .orElseGet(Json::object);
  }
}
