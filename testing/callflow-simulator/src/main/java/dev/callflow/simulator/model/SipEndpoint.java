package dev.callflow.simulator.model;

/**
 * The SIP endpoint behind a channel.
 *
 * @param profile the SIP profile of the switch that handles the call, such as {@code internal}
 * @param user the user of the far end, such as {@code 1001}
 * @param host the host of the far end's address, such as {@code example.com}
 * @param address the network address of the far end, such as {@code 192.0.2.7}
 */
public record SipEndpoint(String profile, String user, String host, String address) {

  /**
   * Returns the name of the endpoint's channel.
   *
   * @return the name, such as {@code sofia/internal/1001@example.com}
   */
  public String channelName() {
    return "sofia/" + profile + "/" + user + "@" + host;
  }
}
