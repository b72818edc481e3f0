package dev.callflow.api.delivery;

import java.net.UnknownHostException;

/** The name of a target leads to an address to which nothing may be sent. */
final class RefusedAddressException extends UnknownHostException {

  private static final long serialVersionUID = 1L;

  RefusedAddressException(String host) {
    super("an address of " + host + " is not public, and this host does not allow webhooks to it");
  }
}
