package dev.callflow.api.access;

import java.util.Optional;

/** Decides who the bearer of a token is. */
@FunctionalInterface
public interface Authenticator {

  /**
   * Checks a token. Called by any thread, for every request; may block for as long as a request may
   * take. Must not tell by its time how much of a token was right.
   *
   * @param token what stood in {@code X-Auth-Token}; never empty
   * @return what its bearer may use; empty if it is not known
   */
  Optional<Access> authenticate(String token);
}
