package dev.callflow.cli.day;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.callflow.core.document.Json;
import dev.callflow.ports.ReservedPort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A receiver of webhooks that trusts nothing but signatures. It checks them with the code of
 * docs/howto/webhooks.md, and not with that of the host.
 */
final class WebhookReceiver implements AutoCloseable {

  /**
   * A delivery that was answered with 204.
   *
   * @param id the id, the same in each repetition
   * @param event the event
   */
  record Delivery(String id, JsonNode event) {}

  private static final Pattern SIGNATURE = Pattern.compile("t=(\\d{1,12}),v1=([0-9a-f]{64})");
  private static final int MAX_SECONDS = 300;

  private final ReservedPort port = new ReservedPort();
  private final String secret;
  private final AtomicInteger failures;
  private final List<Delivery> deliveries = new CopyOnWriteArrayList<>();
  private final List<String> notGenuine = new CopyOnWriteArrayList<>();
  private final List<String> answeredWith500 = new CopyOnWriteArrayList<>();
  private @Nullable HttpServer server;

  /**
   * @param secret the secret of the webhook
   * @param failures how many deliveries to answer with 500 before any is accepted
   */
  WebhookReceiver(String secret, int failures) throws IOException {
    this.secret = secret;
    this.failures = new AtomicInteger(failures);
    open();
  }

  /** Listens, at the same port each time. */
  void open() throws IOException {
    HttpServer opened =
        HttpServer.create(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), port.number()), 0);
    opened.createContext("/events", this::receive);
    opened.start();
    server = opened;
  }

  /** Refuses connections from now on. */
  void shut() {
    HttpServer open = server;
    if (open != null) {
      open.stop(0);
      server = null;
    }
  }

  String address() {
    return "127.0.0.1:" + port.number();
  }

  private void receive(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      String id = exchange.getRequestHeaders().getFirst("Callflow-Delivery");
      String signature = exchange.getRequestHeaders().getFirst("Callflow-Signature");
      if (!isGenuine(signature, body, secret, Instant.now())) {
        notGenuine.add(id + " " + signature);
        exchange.sendResponseHeaders(403, -1);
      } else if (failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
        answeredWith500.add(id);
        exchange.sendResponseHeaders(500, -1);
      } else {
        deliveries.add(new Delivery(id, Json.read(new String(body, StandardCharsets.UTF_8))));
        exchange.sendResponseHeaders(204, -1);
      }
    }
  }

  private static boolean isGenuine(
      @Nullable String signature, byte[] body, String secret, Instant now) {
    Matcher parts = SIGNATURE.matcher(signature == null ? "" : signature);
    if (!parts.matches()) {
      return false;
    }
    // An old delivery may be one that somebody has recorded and sends again.
    long age = now.getEpochSecond() - Long.parseLong(parts.group(1));
    if (Math.abs(age) > MAX_SECONDS) {
      return false;
    }
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      mac.update((parts.group(1) + ".").getBytes(StandardCharsets.UTF_8));
      // Takes the same time wherever the first difference is.
      return MessageDigest.isEqual(mac.doFinal(body), HexFormat.of().parseHex(parts.group(2)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Returns the events in the order of their arrival, without repetitions. */
  List<JsonNode> events() {
    Map<String, JsonNode> first = new LinkedHashMap<>();
    deliveries.forEach(it -> first.putIfAbsent(it.id(), it.event()));
    return List.copyOf(first.values());
  }

  /** Returns the deliveries whose signatures were wrong, missing or too old. */
  List<String> notGenuine() {
    return notGenuine;
  }

  /** Returns the ids of the deliveries that were answered with 500. */
  List<String> answeredWith500() {
    return answeredWith500;
  }

  /** Returns the ids of the deliveries that were accepted, with repetitions. */
  List<String> accepted() {
    return deliveries.stream().map(Delivery::id).toList();
  }

  @Override
  public void close() throws IOException {
    shut();
    port.close();
  }
}
