package dev.callflow.core.document;

import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * An account.
 *
 * @param id its id
 * @param realm the SIP domain that belongs to it, if any
 * @param preflow the id of the callflow that runs before every other one, if any
 * @param config the account's configuration, for instance {@code
 *     {"conferences":{"pin_timeout":3000}}}; treated as immutable
 */
public record Account(
    AccountId id, Optional<String> realm, Optional<String> preflow, ObjectNode config) {}
