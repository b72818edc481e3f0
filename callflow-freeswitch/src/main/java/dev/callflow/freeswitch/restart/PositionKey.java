package dev.callflow.freeswitch.restart;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The key with which a host signs the positions of its calls, and the settings that it keeps with
 * them. A restarted host needs the same key to recognise them. Immutable; {@link #toString} does
 * not show the key.
 */
public final class PositionKey {

  private static final String ALGORITHM = "HmacSHA256";
  private static final int BYTES = 32;

  private static final Set<PosixFilePermission> OWNER_ONLY =
      EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

  private final SecretKeySpec key;

  private PositionKey(byte[] secret) {
    key = new SecretKeySpec(secret, ALGORITHM);
  }

  /**
   * Creates a key from a secret.
   *
   * @param secret the secret; at least 32 bytes
   * @return the key
   * @throws IllegalArgumentException if the secret is shorter
   */
  public static PositionKey of(byte[] secret) {
    if (secret.length < BYTES) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "a position key must have at least %d bytes, but this one has %d",
              BYTES,
              secret.length));
    }
    return new PositionKey(secret.clone());
  }

  /**
   * Creates a random key. The key is lost when the process ends, so a restarted host cannot
   * continue the calls.
   *
   * @return the key
   */
  public static PositionKey random() {
    byte[] secret = new byte[BYTES];
    new SecureRandom().nextBytes(secret);
    return new PositionKey(secret);
  }

  /**
   * Reads the key from a file that contains 64 or more hexadecimal digits. If the file does not
   * exist, creates it with a random key, accessible to its owner only.
   *
   * @param file the file; its folder must exist
   * @return the key
   * @throws IOException if the file can be neither read nor created
   * @throws IllegalArgumentException if the file contains no key, or if others can access it
   */
  public static PositionKey ofFile(Path file) throws IOException {
    if (Files.notExists(file)) {
      create(file);
    }
    if (isPosix(file) && !OWNER_ONLY.containsAll(Files.getPosixFilePermissions(file))) {
      throw new IllegalArgumentException(
          "the position key file " + file + " must be accessible to its owner only (chmod 600)");
    }
    String text = Files.readString(file, StandardCharsets.US_ASCII).strip();
    if (!text.matches("([0-9a-fA-F]{2}){" + BYTES + ",1024}")) {
      throw new IllegalArgumentException(
          "the position key file " + file + " must contain 64 or more hexadecimal digits");
    }
    return new PositionKey(HexFormat.of().parseHex(text));
  }

  /** Creates the file under a temporary name and then renames it, so that it is always complete. */
  private static void create(Path file) throws IOException {
    byte[] secret = new byte[BYTES];
    new SecureRandom().nextBytes(secret);
    Path folder = file.toAbsolutePath().resolveSibling(".");
    FileAttribute<?>[] attributes =
        isPosix(folder)
            ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_ONLY)}
            : new FileAttribute<?>[0];
    Path unfinished = Files.createTempFile(folder, ".position-key", "", attributes);
    try {
      try (FileChannel channel = FileChannel.open(unfinished, StandardOpenOption.WRITE)) {
        String text = HexFormat.of().formatHex(secret) + "\n";
        channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)));
        channel.force(true);
      }
      Files.move(unfinished, file);
    } catch (FileAlreadyExistsException e) {
      // Another host has created the file in the meantime; its key is used.
    } finally {
      Files.deleteIfExists(unfinished);
    }
  }

  private static boolean isPosix(Path path) throws IOException {
    return Files.getFileStore(path).supportsFileAttributeView("posix");
  }

  /**
   * Signs a text.
   *
   * @param purpose what the text is for; a text that is signed for another purpose is not accepted
   * @param text the text
   * @return the text and its signature, which consist of letters, digits, {@code -}, {@code _} and
   *     a dot
   */
  String sign(String purpose, String text) {
    String payload = base64(text.getBytes(StandardCharsets.UTF_8));
    return payload + "." + base64(signature(purpose, payload));
  }

  /** Returns the text that {@link #sign} has signed; empty if the signature is not valid. */
  Optional<String> verified(String purpose, String signed) {
    int end = signed.indexOf('.');
    if (end < 0) {
      return Optional.empty();
    }
    String payload = signed.substring(0, end);
    try {
      byte[] signature = Base64.getUrlDecoder().decode(signed.substring(end + 1));
      return MessageDigest.isEqual(signature, signature(purpose, payload))
          ? Optional.of(new String(Base64.getUrlDecoder().decode(payload), StandardCharsets.UTF_8))
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private byte[] signature(String purpose, String payload) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      return mac.doFinal((purpose + " " + payload).getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
    }
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  @Override
  public String toString() {
    return "PositionKey[]";
  }
}
