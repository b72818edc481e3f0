package dev.callflow.api.delivery;

import dev.callflow.api.webhook.Webhook;
import dev.callflow.core.CallflowVersion;
import dev.callflow.core.time.TimeSource;
import dev.callflow.core.time.Timer;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Sends events by HTTP. It follows no redirect, uses no proxy, keeps no cookie, and reads of an
 * answer only its status.
 */
final class HttpSender implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(HttpSender.class);

  /** JSON has no parameter for characters. */
  private static final ContentType JSON = ContentType.create("application/json");

  /** An answer up to this size is read, so that the connection can be used again. */
  private static final int MAX_READ = 16 << 10;

  private static final int MAX_HEADERS = 200;

  /** How long a connection may be kept, so that a changed address is noticed. */
  private static final TimeValue MAX_AGE = TimeValue.ofMinutes(5);

  private final CloseableHttpClient client;
  private final TimeSource time;
  private final Duration timeout;

  /**
   * @param timeout the time for a whole request, with the connection and the answer
   */
  HttpSender(
      AddressLookup lookup,
      @Nullable SSLContext trust,
      int maxConnections,
      TimeSource time,
      Duration timeout) {
    this.time = time;
    this.timeout = timeout;
    Timeout limit = Timeout.of(timeout);
    client =
        HttpClientBuilder.create()
            .setConnectionManager(
                PoolingHttpClientConnectionManagerBuilder.create()
                    .setConnectionFactory(
                        ManagedHttpClientConnectionFactory.builder()
                            .http1Config(
                                Http1Config.custom()
                                    .setMaxHeaderCount(MAX_HEADERS)
                                    .setMaxLineLength(MAX_READ)
                                    .build())
                            .build())
                    .setDnsResolver(lookup)
                    .setTlsSocketStrategy(
                        trust == null
                            ? DefaultClientTlsStrategy.createDefault()
                            : new DefaultClientTlsStrategy(trust))
                    .setDefaultTlsConfig(TlsConfig.custom().setHandshakeTimeout(limit).build())
                    .setDefaultConnectionConfig(
                        ConnectionConfig.custom()
                            .setConnectTimeout(limit)
                            .setSocketTimeout(limit)
                            .setTimeToLive(MAX_AGE)
                            .setValidateAfterInactivity(TimeValue.ofSeconds(1))
                            .build())
                    .setMaxConnTotal(maxConnections)
                    // The receivers of many accounts may have the same name.
                    .setMaxConnPerRoute(maxConnections)
                    .build())
            .setDefaultRequestConfig(
                RequestConfig.custom()
                    .setConnectionRequestTimeout(limit)
                    .setResponseTimeout(limit)
                    .build())
            .setUserAgent("Callflow/" + CallflowVersion.current())
            .disableRedirectHandling()
            .disableAutomaticRetries()
            .disableCookieManagement()
            .disableAuthCaching()
            .disableContentCompression()
            .build();
  }

  /** Sends an event and waits for the answer, at most for the timeout. */
  AttemptOutcome send(Webhook hook, PendingDelivery delivery) {
    Instant begin = time.now();
    HttpPost request = request(hook, delivery, begin);
    AtomicBoolean late = new AtomicBoolean();
    Timer deadline =
        time.after(
            timeout,
            "webhook-deadline",
            () -> {
              late.set(true);
              request.cancel();
            });
    try {
      ClassicHttpResponse response = client.executeOpen(null, request, null);
      AttemptOutcome answered = AttemptOutcome.answered(response.getCode(), since(begin));
      discard(response);
      return answered;
    } catch (IOException | RuntimeException e) {
      return AttemptOutcome.failed(late.get() ? noAnswer() : reason(e), since(begin));
    } finally {
      deadline.cancel();
    }
  }

  private static HttpPost request(Webhook hook, PendingDelivery delivery, Instant now) {
    ObjectNode payload = delivery.payload().deepCopy();
    hook.customData().ifPresent(data -> payload.set("custom_data", data));
    byte[] body = payload.toString().getBytes(StandardCharsets.UTF_8);
    HttpPost request = new HttpPost(hook.target());
    request.setEntity(new ByteArrayEntity(body, JSON));
    request.setHeader("Callflow-Delivery", delivery.id());
    request.setHeader("Callflow-Event", delivery.event());
    hook.secret()
        .ifPresent(
            secret -> request.setHeader("Callflow-Signature", Signature.header(secret, now, body)));
    return request;
  }

  /** Closing an answer that was not read to its end closes the connection. */
  private static void discard(ClassicHttpResponse response) {
    try (response) {
      skip(response.getEntity());
    } catch (IOException e) {
      LOG.debug("the rest of an answer was not read", e);
    }
  }

  private static void skip(@Nullable HttpEntity entity) throws IOException {
    if (entity == null) {
      return;
    }
    InputStream content = entity.getContent();
    byte[] part = new byte[1024];
    int rest = MAX_READ;
    int read = content.read(part);
    while (read >= 0 && rest > 0) {
      rest -= read;
      read = content.read(part);
    }
    if (read < 0) {
      content.close();
    }
  }

  private Duration since(Instant begin) {
    return Duration.between(begin, time.now());
  }

  private String noAnswer() {
    return "there was no answer within " + timeout.toSeconds() + " s";
  }

  /** The texts of exceptions are not used, because they may contain a part of the URL. */
  private String reason(Exception failure) {
    return switch (failure) {
      case RefusedAddressException e -> String.valueOf(e.getMessage());
      case UnknownHostException e -> "the name of the receiver cannot be resolved";
      case SocketTimeoutException e -> noAnswer();
      case ConnectException e -> "the receiver cannot be connected to";
      case SSLException e ->
          isOfCertificate(e)
              ? "the certificate of the receiver is not trusted"
              : "no TLS connection to the receiver is possible";
      default -> "the connection failed: " + failure.getClass().getSimpleName();
    };
  }

  private static boolean isOfCertificate(SSLException failure) {
    return failure.getCause() instanceof CertificateException
        || failure instanceof javax.net.ssl.SSLPeerUnverifiedException;
  }

  @Override
  public void close() {
    client.close(CloseMode.IMMEDIATE);
  }
}
