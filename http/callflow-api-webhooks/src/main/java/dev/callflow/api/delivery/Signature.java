package dev.callflow.api.delivery;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs deliveries, so that a receiver can tell who has sent them and when. */
final class Signature {

  private static final String ALGORITHM = "HmacSHA256";

  private Signature() {}

  /**
   * Returns the header of a delivery.
   *
   * @param secret the secret of the webhook
   * @param at the time of the attempt
   * @param body the body
   * @return the time in seconds since 1970, and the signature of the time, a dot and the body
   */
  static String header(String secret, Instant at, byte[] body) {
    String time = String.valueOf(at.getEpochSecond());
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM));
      mac.update((time + ".").getBytes(StandardCharsets.UTF_8));
      return "t=" + time + ",v1=" + HexFormat.of().formatHex(mac.doFinal(body));
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
    }
  }
}
