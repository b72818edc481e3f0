package dev.callflow.freeswitch;

import dev.callflow.esl.access.AddressRange;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Who may hand over calls: the addresses that may connect, and the secret by which a call proves
 * that it comes from our dialplan.
 *
 * <p>The event socket has no password in this direction, and a call names its account itself. The
 * dialplan therefore sets {@code callflow_token} to {@code ${md5(${uuid}${callflow_secret})}}: the
 * secret never travels, and a token is good for one call only. Immutable; the secrets are never
 * shown.
 */
public final class CallAccess {

  /** Everybody who can connect: right on the loopback interface only. */
  public static final CallAccess ANYONE = new CallAccess(List.of(), List.of());

  /** The variable by which a call proves where it comes from. */
  static final String TOKEN = "callflow_token";

  /** Set by a dialplan that keeps the secret with the call and not in a global variable. */
  private static final String SECRET = "callflow_secret";

  private static final int MIN_SECRET_LENGTH = 16;

  private final List<AddressRange> allowFrom;
  private final List<String> secrets;

  private CallAccess(List<AddressRange> allowFrom, List<String> secrets) {
    this.allowFrom = allowFrom;
    this.secrets = secrets;
  }

  /**
   * Restricts who may hand over calls.
   *
   * @param allowFrom the addresses that may connect: IP addresses, or networks such as {@code
   *     10.0.0.0/8}; empty for all
   * @param secrets what the dialplan computes tokens with, 16 to 256 letters, digits, {@code .},
   *     {@code _} and {@code -}; several while one replaces another, of which the first signs the
   *     calls that rooms place; empty for calls without a token
   * @return the restriction
   * @throws IllegalArgumentException if something is no range, or no usable secret
   */
  public static CallAccess of(List<String> allowFrom, List<String> secrets) {
    for (String secret : secrets) {
      if (!secret.matches("[A-Za-z0-9._-]{" + MIN_SECRET_LENGTH + ",256}")) {
        throw new IllegalArgumentException(
            "a secret for calls has 16 to 256 letters, digits, '.', '_' and '-'; this one has %d signs"
                    .formatted(secret.length())
                + (secret.length() < MIN_SECRET_LENGTH ? "" : ", or others among them"));
      }
    }
    return new CallAccess(allowFrom.stream().map(AddressRange::of).toList(), List.copyOf(secrets));
  }

  /**
   * Tells whether everybody who can connect may hand over calls.
   *
   * @return true without addresses and without secrets
   */
  public boolean isOpen() {
    return allowFrom.isEmpty() && secrets.isEmpty();
  }

  List<AddressRange> allowFrom() {
    return allowFrom;
  }

  /** Whether a call comes from a dialplan that knows a secret; every call does if there is none. */
  boolean isGenuine(String uuid, Optional<String> token) {
    byte[] given = token.orElse("").getBytes(StandardCharsets.UTF_8);
    boolean genuine = secrets.isEmpty();
    // All are compared, each in constant time, so that the time tells nothing.
    for (String secret : secrets) {
      genuine |= MessageDigest.isEqual(given, token(uuid, secret).getBytes(StandardCharsets.UTF_8));
    }
    return genuine;
  }

  /** The variables, with its token, of a leg that we place and that is handed back to us. */
  Map<String, String> sign(String uuid, Map<String, String> variables) {
    if (secrets.isEmpty()) {
      return variables;
    }
    Map<String, String> signed = new HashMap<>(variables);
    signed.put(TOKEN, token(uuid, secrets.getFirst()));
    return signed;
  }

  /** A call's variables without those that only prove where it comes from. */
  static Map<String, String> withoutProof(Map<String, String> variables) {
    Map<String, String> rest = new HashMap<>(variables);
    rest.remove(TOKEN);
    rest.remove(SECRET);
    rest.remove(Positions.VARIABLE);
    return rest;
  }

  /** What FreeSWITCH's {@code md5} makes of uuid and secret. */
  private static String token(String uuid, String secret) {
    try {
      MessageDigest md5 = MessageDigest.getInstance("MD5");
      return HexFormat.of().formatHex(md5.digest((uuid + secret).getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has MD5", e);
    }
  }

  @Override
  public String toString() {
    return "CallAccess[allowFrom=" + allowFrom + ", secrets=" + secrets.size() + "]";
  }
}
