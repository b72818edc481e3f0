package dev.callflow.api.event;

import dev.callflow.api.access.Login;
import dev.callflow.core.document.AccountId;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A client's request for the event stream of an account or of one of its conferences.
 *
 * @param account the account
 * @param conference the conference's id; empty for the events of the whole account
 * @param from the id of the event after which to start: of a conference, its version; of an
 *     account, its position. Empty to start with the next event
 * @param login the client's access and token
 */
public record StreamRequest(
    AccountId account, Optional<String> conference, OptionalLong from, Login login) {}
