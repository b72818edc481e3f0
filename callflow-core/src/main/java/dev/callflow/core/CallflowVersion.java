package dev.callflow.core;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * The version of Callflow, which answers of the API, events, the OpenAPI document and the command
 * line show. The build writes it into a resource, which is found on the class path and on the
 * module path, and before there is a jar.
 */
public final class CallflowVersion {

  private static final String CURRENT = read();

  private CallflowVersion() {}

  /**
   * Returns the version of this library.
   *
   * @return the version in Maven's form, such as {@code 0.1.0} or {@code 0.2.0-SNAPSHOT}
   */
  public static String current() {
    return CURRENT;
  }

  private static String read() {
    try (InputStream stream = CallflowVersion.class.getResourceAsStream("version.txt")) {
      if (stream == null) {
        throw new IllegalStateException("callflow-core does not contain version.txt");
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new UncheckedIOException("the version of Callflow cannot be read", e);
    }
  }
}
