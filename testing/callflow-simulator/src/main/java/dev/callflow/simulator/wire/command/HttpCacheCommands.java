package dev.callflow.simulator.wire.command;

import dev.callflow.simulator.SimulatedSwitch;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The commands of {@code mod_http_cache} that transfer files. Every recording of the simulator is a
 * WAV file with a second of silence, and what it fetches is not kept.
 */
public final class HttpCacheCommands implements ApiCommandGroup {

  private static final Logger LOG = LoggerFactory.getLogger(HttpCacheCommands.class);

  private static final int TIMEOUT_MILLIS = 30_000;
  private static final int RATE = 8_000;

  private final SimulatedSwitch model;

  public HttpCacheCommands(SimulatedSwitch model) {
    this.model = model;
  }

  @Override
  public Map<String, UnaryOperator<String>> commands() {
    return Map.of("http_put", this::put, "http_get", HttpCacheCommands::get);
  }

  private String put(String line) {
    String[] arguments = line.strip().split(" +");
    if (arguments.length != 2) {
      return "USAGE: {param=val}<url> <file>\n";
    }
    if (!model.recordings().contains(arguments[1])) {
      return "-ERR 0\n";
    }
    try {
      byte[] sound = silence();
      HttpURLConnection connection = connection(arguments[0]);
      connection.setRequestMethod("PUT");
      connection.setDoOutput(true);
      connection.setRequestProperty("Content-Type", "audio/x-wav");
      connection.setFixedLengthStreamingMode(sound.length);
      try (OutputStream out = connection.getOutputStream()) {
        out.write(sound);
      }
      int status = connection.getResponseCode();
      connection.disconnect();
      return (status >= 200 && status <= 204 && status != 203 ? "+OK " : "-ERR ") + status + "\n";
    } catch (IOException | IllegalArgumentException e) {
      LOG.debug("http_put failed", e);
      return "-ERR 0\n";
    }
  }

  private static String get(String line) {
    try {
      HttpURLConnection connection = connection(line.strip());
      try (InputStream in = connection.getInputStream()) {
        in.transferTo(OutputStream.nullOutputStream());
      }
      return "/var/cache/freeswitch/http_cache/" + UUID.randomUUID();
    } catch (IOException | IllegalArgumentException e) {
      LOG.debug("http_get failed", e);
      return "-ERR\n";
    }
  }

  private static HttpURLConnection connection(String url) throws IOException {
    if (!(URI.create(url).toURL().openConnection() instanceof HttpURLConnection connection)) {
      throw new IOException("not an HTTP URL");
    }
    connection.setConnectTimeout(TIMEOUT_MILLIS);
    connection.setReadTimeout(TIMEOUT_MILLIS);
    return connection;
  }

  private static byte[] silence() {
    int length = 2 * RATE;
    return ByteBuffer.allocate(44 + length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put("RIFF".getBytes(StandardCharsets.US_ASCII))
        .putInt(36 + length)
        .put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII))
        .putInt(16)
        .putShort((short) 1)
        .putShort((short) 1)
        .putInt(RATE)
        .putInt(2 * RATE)
        .putShort((short) 2)
        .putShort((short) 16)
        .put("data".getBytes(StandardCharsets.US_ASCII))
        .putInt(length)
        .array();
  }
}
