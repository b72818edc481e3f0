package dev.callflow.api.mail;

/** Sends invitations to conferences. Safe for use by any thread. */
@FunctionalInterface
public interface Invitations {

  /**
   * Queues an invitation to all its guests. Must not block for longer than a request may take.
   *
   * @param invitation the validated invitation
   * @return false if the queue is full, in which case nothing is sent to any guest
   */
  boolean send(GuestInvitation invitation);
}
