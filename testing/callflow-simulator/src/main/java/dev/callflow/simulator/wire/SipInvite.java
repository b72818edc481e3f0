package dev.callflow.simulator.wire;

import dev.callflow.simulator.model.NewChannel;
import dev.callflow.simulator.model.SipEndpoint;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * A SIP call to the simulated FreeSWITCH. Its channel has the name, headers and variables that
 * FreeSWITCH gives to a call from a telephone or a trunk; nothing else about it is SIP.
 *
 * @param from the user in {@code From}, which is the caller's number
 * @param name the caller's name; may be empty
 * @param to the dialled number, which is the user in the request
 * @param realm the host in the request and in {@code To}, such as {@code acme.example.com}
 * @param host the host in {@code From}
 * @param address the network address of the caller's telephone
 * @param headers the headers of the request by name; as in FreeSWITCH, those that begin with {@code
 *     X-} become variables such as {@code sip_h_X-Account}
 */
public record SipInvite(
    String from,
    String name,
    String to,
    String realm,
    String host,
    String address,
    Map<String, String> headers) {

  private static final String PROFILE = "internal";
  private static final String OWN_ADDRESS = "127.0.0.1";
  private static final int PORT = 5060;

  /** Copies the headers, keeping their order. */
  public SipInvite {
    headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
  }

  /**
   * Returns a call from a telephone at 192.0.2.7 in the realm example.com.
   *
   * @param from the caller's number
   * @param name the caller's name; may be empty
   * @param to the dialled number
   * @return the call
   */
  public static SipInvite of(String from, String name, String to) {
    return new SipInvite(from, name, to, "example.com", "example.com", "192.0.2.7", Map.of());
  }

  /**
   * Returns a copy of this call to and from another realm.
   *
   * @param other the realm
   * @return the copy
   */
  public SipInvite realm(String other) {
    return new SipInvite(from, name, to, other, other, address, headers);
  }

  /**
   * Returns a copy of this call from another network address.
   *
   * @param other the address
   * @return the copy
   */
  public SipInvite address(String other) {
    return new SipInvite(from, name, to, realm, host, other, headers);
  }

  /**
   * Returns a copy of this call with one more header.
   *
   * @param header the header's name
   * @param value the header's value
   * @return the copy
   */
  public SipInvite header(String header, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new SipInvite(from, name, to, realm, host, address, more);
  }

  NewChannel channel(String uuid) {
    return new NewChannel(
        uuid,
        from,
        name,
        to,
        realm,
        variables(),
        Optional.of(new SipEndpoint(PROFILE, from, host, address)));
  }

  /** Returns the variables in the order in which FreeSWITCH sets them. */
  private Map<String, String> variables() {
    String tag = UUID.randomUUID().toString();
    Map<String, String> all = new LinkedHashMap<>();
    address(all, "from", from, host);
    all.put("sip_call_id", UUID.randomUUID().toString());
    all.put("sip_local_network_addr", OWN_ADDRESS);
    all.put("sip_network_ip", address);
    all.put("sip_network_port", String.valueOf(PORT));
    all.put("sip_received_ip", address);
    all.put("sip_received_port", String.valueOf(PORT));
    all.put("sip_via_protocol", "udp");
    all.put("sip_from_user_stripped", from);
    all.put("sip_from_tag", tag);
    all.put("sofia_profile_name", PROFILE);
    all.put("sofia_profile_url", "sip:mod_sofia@" + OWN_ADDRESS + ":" + PORT);
    all.put("recovery_profile_name", PROFILE);
    if (!name.isEmpty()) {
      all.put("sip_from_display", name);
    }
    all.put(
        "sip_full_from",
        (name.isEmpty() ? "" : "\"" + name + "\" ") + "<sip:" + from + "@" + host + ">;tag=" + tag);
    all.put("sip_full_to", "<sip:" + to + "@" + realm + ">");
    address(all, "req", to, realm);
    address(all, "to", to, realm);
    address(all, "contact", from, address + ":" + PORT);
    all.put("sip_contact_port", String.valueOf(PORT));
    all.put("sip_contact_host", address);
    all.put("sip_user_agent", "simulated");
    all.put("sip_via_host", address);
    all.put("sip_via_port", String.valueOf(PORT));
    all.put("max_forwards", "70");
    headers.forEach((header, value) -> {
      if (header.regionMatches(true, 0, "X-", 0, 2)) {
        all.put("sip_h_" + header, value);
      }
    });
    all.put("endpoint_disposition", "DELAYED NEGOTIATION");
    return all;
  }

  private static void address(Map<String, String> all, String which, String user, String host) {
    all.put("sip_" + which + "_user", user);
    all.put("sip_" + which + "_uri", user + "@" + host);
    all.put("sip_" + which + "_host", host);
  }
}
