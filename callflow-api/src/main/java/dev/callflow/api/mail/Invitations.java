package dev.callflow.api.mail;

/** Sends invitations to conferences; safe for use by any thread. */
@FunctionalInterface
public interface Invitations {

  /**
   * Takes over an invitation, to send it soon; must not block for longer than a request may take.
   *
   * @param invitation what is sent, and to whom; checked
   * @return false if nothing of it will be sent, because too much waits already
   */
  boolean send(GuestInvitation invitation);
}
