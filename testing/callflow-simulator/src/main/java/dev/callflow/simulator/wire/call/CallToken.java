package dev.callflow.simulator.wire.call;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;

/** Computes the dialplan variable {@code callflow_token=${md5(${uuid}${callflow_secret})}}. */
public record CallToken(String secret) {

  Map<String, String> of(String uuid) {
    try {
      byte[] digest =
          MessageDigest.getInstance("MD5").digest((uuid + secret).getBytes(StandardCharsets.UTF_8));
      return Map.of("callflow_token", HexFormat.of().formatHex(digest));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java platform does not provide MD5", e);
    }
  }

  @Override
  public String toString() {
    return "CallToken[***]";
  }
}
