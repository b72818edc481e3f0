package dev.callflow.api.event;

import dev.callflow.conference.mixer.RoomId;

/**
 * What a client has bound, in an account. Who have the same get the same bytes.
 *
 * @param account the account, or {@link #ALL}
 * @param binding what of it
 * @param form how it is written
 */
record Topic(String account, Binding binding, Form form) {

  /** Every account: for super-admins only. */
  static final String ALL = "*";

  boolean isOf(RoomId room) {
    return binding.conference().equals(room.conference())
        && (account.equals(ALL) || account.equals(room.account().value()));
  }
}
