package dev.callflow.freeswitch;

import dev.callflow.esl.access.AddressRange;
import dev.callflow.esl.message.EslEvent;
import dev.callflow.freeswitch.restart.KeptWithCalls;
import dev.callflow.freeswitch.restart.Positions;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.AbstractMap;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Restricts which calls are accepted: by the address of the connection, and by a token that proves
 * that a call comes from our dialplan.
 *
 * <p>The event socket has no password in this direction, and a call can name any account. The
 * dialplan therefore sets {@code callflow_token} to {@code ${md5(${uuid}${callflow_secret})}}. The
 * secret itself is not sent, and a token is valid for one call only. Immutable; {@code toString}
 * does not show the secrets.
 */
public final class CallAccess {

  /** No restriction; suitable only when listening on the loopback interface. */
  public static final CallAccess ANYONE = new CallAccess(List.of(), List.of());

  /** The channel variable with the token of a call. */
  static final String TOKEN = "callflow_token";

  /**
   * The channel variable with the secret, in dialplans that do not use a global variable for it.
   */
  private static final String SECRET = "callflow_secret";

  /** The variables that only prove where a call comes from or where it continues. */
  private static final Set<String> PROOF =
      Set.of(TOKEN, SECRET, Positions.VARIABLE, KeptWithCalls.VARIABLE);

  private static final int MIN_SECRET_LENGTH = 16;

  private final List<AddressRange> allowFrom;
  private final List<String> secrets;

  private CallAccess(List<AddressRange> allowFrom, List<String> secrets) {
    this.allowFrom = allowFrom;
    this.secrets = secrets;
  }

  /**
   * Creates a restriction.
   *
   * @param allowFrom the addresses that may connect: IP addresses, or networks such as {@code
   *     10.0.0.0/8}; empty to allow all
   * @param secrets the secrets from which the dialplan computes tokens. Each has 16 to 256
   *     characters, which may be letters, digits, {@code .}, {@code _} and {@code -}. Pass several
   *     while a secret is being replaced; the first one signs the calls that rooms dial. Pass none
   *     to accept calls without a token.
   * @return the restriction
   * @throws IllegalArgumentException if an address range or a secret is invalid
   */
  public static CallAccess of(List<String> allowFrom, List<String> secrets) {
    for (String secret : secrets) {
      if (!secret.matches("[A-Za-z0-9._-]{" + MIN_SECRET_LENGTH + ",256}")) {
        throw new IllegalArgumentException(
            "a secret for calls must have 16 to 256 characters (letters, digits, '.', '_', '-'); "
                + (secret.length() < MIN_SECRET_LENGTH
                    ? String.format(Locale.ROOT, "this one has only %d characters", secret.length())
                    : "this one is too long or contains other characters"));
      }
    }
    return new CallAccess(allowFrom.stream().map(AddressRange::of).toList(), List.copyOf(secrets));
  }

  /**
   * Returns whether calls are accepted without any restriction.
   *
   * @return true if there are neither addresses nor secrets
   */
  public boolean isOpen() {
    return allowFrom.isEmpty() && secrets.isEmpty();
  }

  List<AddressRange> allowFrom() {
    return allowFrom;
  }

  /** Returns whether the token of a call is valid; always true if there are no secrets. */
  boolean isGenuine(String uuid, Optional<String> token) {
    byte[] given = token.orElse("").getBytes(StandardCharsets.UTF_8);
    boolean genuine = secrets.isEmpty();
    // Compare with every secret in constant time, so that the timing reveals nothing.
    for (String secret : secrets) {
      genuine |= MessageDigest.isEqual(given, token(uuid, secret).getBytes(StandardCharsets.UTF_8));
    }
    return genuine;
  }

  /**
   * Adds a token to the variables of a leg that we dial and that FreeSWITCH then hands over to us.
   */
  Map<String, String> sign(String uuid, Map<String, String> variables) {
    if (secrets.isEmpty()) {
      return variables;
    }
    Map<String, String> signed = new HashMap<>(variables);
    signed.put(TOKEN, token(uuid, secrets.getFirst()));
    return signed;
  }

  /**
   * Returns a call's variables, except those that only prove where the call comes from or where it
   * continues.
   */
  static Map<String, String> withoutProof(EslEvent channelData) {
    return new WithoutProof(channelData);
  }

  /**
   * Decodes variables when they are read: a call has dozens, and most callflows read few of them.
   */
  private static final class WithoutProof extends AbstractMap<String, String> {

    private final EslEvent channelData;

    WithoutProof(EslEvent channelData) {
      this.channelData = channelData;
    }

    @Override
    public @Nullable String get(@Nullable Object name) {
      // FreeSWITCH's names are case-insensitive, those of this map are not.
      return name instanceof String text && channelData.variable(text).isPresent()
          ? decoded().get(text)
          : null;
    }

    @Override
    public boolean containsKey(@Nullable Object name) {
      return get(name) != null;
    }

    @Override
    public Set<Map.Entry<String, String>> entrySet() {
      return Collections.unmodifiableMap(decoded()).entrySet();
    }

    private Map<String, String> decoded() {
      Map<String, String> rest = new HashMap<>(channelData.variables());
      rest.keySet().removeAll(PROOF);
      return rest;
    }
  }

  /** Computes the token as FreeSWITCH's {@code md5} does. */
  private static String token(String uuid, String secret) {
    try {
      MessageDigest md5 = MessageDigest.getInstance("MD5");
      return HexFormat.of().formatHex(md5.digest((uuid + secret).getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java platform does not support MD5", e);
    }
  }

  @Override
  public String toString() {
    return "CallAccess[allowFrom=" + allowFrom + ", secrets=" + secrets.size() + "]";
  }
}
