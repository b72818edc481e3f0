package dev.callflow.cli.command;

import dev.callflow.esl.error.EslAuthenticationException;
import dev.callflow.esl.error.EslException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.channels.UnresolvedAddressException;
import java.util.Optional;

/** Explains why an address cannot be used, and what to do. */
public final class NetworkErrors {

  private NetworkErrors() {}

  /**
   * Explains why a server cannot listen.
   *
   * @param what what the server does, for instance {@code listen for calls}
   * @param address the address
   * @param option the option that sets the address
   * @param error the error
   * @return one sentence
   */
  public static String cannotListen(
      String what, InetSocketAddress address, String option, Throwable error) {
    String place = address.getHostString() + ":" + address.getPort();
    return "cannot "
        + what
        + " at "
        + place
        + ": "
        + reason(address, error)
        + "; choose another address with "
        + option;
  }

  private static String reason(InetSocketAddress address, Throwable error) {
    if (address.isUnresolved()) {
      return "the host name cannot be resolved";
    }
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      String text = String.valueOf(cause.getMessage());
      if (cause instanceof UnresolvedAddressException) {
        return "the host name cannot be resolved";
      }
      // Netty has an exception of its own.
      if (text.contains("Address already in use")) {
        return "another program uses the port";
      }
      if (text.contains("annot assign requested address")) {
        return "this machine does not have the address";
      }
      if (text.contains("Permission denied")) {
        return "permission denied";
      }
    }
    return CommandErrors.text(error);
  }

  /**
   * Returns whether an error is about an address.
   *
   * @param error the error
   * @return whether one of its causes is
   */
  public static boolean isOfAddress(Throwable error) {
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      if (cause instanceof BindException || cause instanceof UnresolvedAddressException) {
        return true;
      }
    }
    return false;
  }

  /**
   * Explains why there is no connection to FreeSWITCH.
   *
   * @param address the address of its event socket
   * @param failure the reason for which the last attempt failed, if it is known
   * @return one sentence
   */
  public static String cannotConnect(InetSocketAddress address, Optional<EslException> failure) {
    String place = address.getHostString() + ":" + address.getPort();
    String reason =
        failure
            .map(it -> String.valueOf(it.getMessage()).replaceFirst("^\\[[^]]*] ", ""))
            .orElse("");
    if (failure.filter(EslAuthenticationException.class::isInstance).isPresent()) {
      String advice =
          reason.contains("password")
              ? "set the password of its event_socket.conf.xml with --password-file or"
                  + " CALLFLOW_PASSWORD"
              : reason.contains("address")
                  ? "allow it with apply-inbound-acl in its event_socket.conf.xml"
                  : "see its log";
      return reason.replaceFirst("^FreeSWITCH", "FreeSWITCH at " + place) + "; " + advice + ".";
    }
    return "cannot connect to FreeSWITCH at "
        + place
        + (reason.isEmpty() ? "" : ": " + reason.replaceFirst("^could not connect: ", ""))
        + "; is it running, is mod_event_socket loaded, and is --freeswitch right?";
  }
}
