package dev.callflow.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.api.server.IncomingBody;
import dev.callflow.api.server.LimitedApi;
import dev.callflow.api.server.RequestLimits;
import dev.callflow.core.time.Inbox;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.junit.jupiter.api.Test;

/** The limits for requests, whatever server receives them; in virtual time. */
class LimitedApiTests {

  private static final String BODY = "{\"data\":{\"name\":\"Green\"}}";
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final ApiFixture fixture = new ApiFixture();
  private final LimitedApi api =
      new LimitedApi(
          fixture.api,
          new RequestLimits(
              40, 2, 60, 100, new RequestLimits.Arrival(Duration.ofSeconds(30), 5, SECOND)));

  /** A body that arrives in parts, with a pause before each. */
  private final class Parts implements IncomingBody {

    private final long declared;
    private final Duration pause;
    private final Queue<String> parts;
    private boolean read;
    private boolean discarded;

    Parts(long declared, Duration pause, String... parts) {
      this.declared = declared;
      this.pause = pause;
      this.parts = new ArrayDeque<>(List.of(parts));
    }

    @Override
    public long declaredLength() {
      return declared;
    }

    @Override
    public int read(byte[] buffer, Duration timeout) throws IOException {
      read = true;
      if (parts.isEmpty()) {
        return -1;
      }
      try {
        fixture.time.inbox(1).poll(pause.compareTo(timeout) < 0 ? pause : timeout);
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
      if (pause.compareTo(timeout) >= 0) {
        throw new SocketTimeoutException("nothing has arrived");
      }
      byte[] part = parts.remove().getBytes(StandardCharsets.UTF_8);
      System.arraycopy(part, 0, buffer, 0, part.length);
      return part.length;
    }

    @Override
    public void discard() {
      discarded = true;
    }
  }

  private ApiReply put(String token, IncomingBody body) {
    return api.answer(
        new ApiRequest(
            "PUT",
            "/v2/accounts/acme/conferences",
            Map.of(),
            Map.of("X-Auth-Token", token),
            "",
            "192.0.2.1"),
        body);
  }

  private int status(IncomingBody body) {
    return put(ApiFixture.TOKEN, body).status();
  }

  @Test
  void aBodyMayArriveInParts() throws InterruptedException {
    fixture.run(() -> {
      Parts body = new Parts(BODY.length(), Duration.ZERO, BODY.substring(0, 9), BODY.substring(9));
      assertThat(status(body)).isEqualTo(201);
    });
  }

  @Test
  void theBodyOfARequestWithoutAValidTokenIsNotRead() throws InterruptedException {
    fixture.run(() -> {
      Parts body = new Parts(BODY.length(), Duration.ZERO, BODY);
      assertThat(put("wrong-token", body).status()).isEqualTo(401);
      assertThat(body.read).isFalse();
      assertThat(body.discarded).isTrue();
    });
  }

  @Test
  void aBodyThatIsDeclaredTooLargeIsNotRead() throws InterruptedException {
    fixture.run(() -> {
      Parts body = new Parts(41, Duration.ZERO, BODY);
      assertThat(status(body)).isEqualTo(413);
      assertThat(body.read).isFalse();
    });
  }

  @Test
  void aBodyThatBecomesTooLargeIsNotReadToItsEnd() throws InterruptedException {
    fixture.run(() -> {
      Parts body = new Parts(-1, Duration.ZERO, "x".repeat(30), "x".repeat(11), "x");
      assertThat(status(body)).isEqualTo(413);
      assertThat(body.parts).hasSize(1);
    });
  }

  @Test
  void aBodyThatArrivesTooSlowlyIsRefused() throws InterruptedException {
    fixture.run(() -> {
      Parts body = new Parts(20, Duration.ofMillis(600), "x", "x", "x", "x");
      assertThat(status(body)).isEqualTo(408);
      assertThat(body.discarded).isFalse();
    });
  }

  @Test
  void aBodyOfWhichNothingMoreArrivesIsRefusedAtItsDeadline() throws InterruptedException {
    fixture.run(() -> {
      assertThat(status(new Parts(20, Duration.ofHours(1), "x"))).isEqualTo(408);
    });
  }

  @Test
  void anAccountCannotHaveMoreRequestsOrBytesThanItsShare() throws InterruptedException {
    fixture.run(() -> {
      Inbox<Integer> answered = fixture.time.inbox(2);
      for (int i = 0; i < 2; i++) {
        fixture.time.start(
            "slow", () -> answered.offer(status(new Parts(30, Duration.ofHours(1), "x"))));
      }
      fixture.time.inbox(1).poll(SECOND);
      assertThat(status(new Parts(0, Duration.ZERO))).isEqualTo(429);

      assertThat(answered.poll(Duration.ofMinutes(1))).isEqualTo(408);
      assertThat(answered.poll(Duration.ofMinutes(1))).isEqualTo(408);
      assertThat(status(new Parts(BODY.length(), Duration.ZERO, BODY))).isEqualTo(201);
    });
  }
}
