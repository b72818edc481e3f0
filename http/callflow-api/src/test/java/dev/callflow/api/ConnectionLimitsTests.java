package dev.callflow.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.api.access.HashedTokens;
import dev.callflow.api.event.SocketLimits;
import dev.callflow.api.event.Transport;
import dev.callflow.core.document.Json;
import dev.callflow.core.document.StoreUnavailableException;
import dev.callflow.simulator.time.VirtualTime;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * How many clients may be connected for events, and for how long without a valid token
 * (docs/spec/events.md#websocket).
 */
class ConnectionLimitsTests {

  private static final Duration HOUR = Duration.ofHours(1);

  private static ApiFixture with(SocketLimits limits) {
    return new ApiFixture(new VirtualTime(), limits);
  }

  @Test
  void aSocketThatDoesNotAuthenticateIsClosedAfterTenSeconds() throws InterruptedException {
    ApiFixture fixture = new ApiFixture();
    fixture.run(() -> {
      fixture.sleep(Duration.ofSeconds(3));
      TestSubscriber silent = TestSubscriber.connect(fixture);
      TestSubscriber wrong = TestSubscriber.connect(fixture);
      wrong.request("{'auth_token':'wrong'}");
      TestSubscriber valid = TestSubscriber.connect(fixture);
      valid.request("{'auth_token':'acme-token'}");
      fixture.sleep(Duration.ofMillis(9_900));
      assertThat(silent.closeFrame()).isEmpty();
      fixture.sleep(Duration.ofMillis(100));
      assertThat(silent.closeFrame())
          .isEqualTo("1008 no valid token was received in time: the limit is 10000 ms");
      assertThat(wrong.closeFrame()).startsWith("1008 ");
      fixture.sleep(HOUR.dividedBy(2));
      assertThat(valid.closeFrame()).isEmpty();
      assertThat(valid.errors("{'action':'ping'}")).isEmpty();
    });
  }

  @Test
  void everySocketHasItsOwnDeadline() throws InterruptedException {
    ApiFixture fixture =
        with(SocketLimits.STANDARD.authenticating(10, Duration.ofSeconds(2), HOUR));
    fixture.run(() -> {
      TestSubscriber first = TestSubscriber.connect(fixture);
      fixture.sleep(Duration.ofMillis(1_500));
      TestSubscriber second = TestSubscriber.connect(fixture);
      fixture.sleep(Duration.ofMillis(500));
      assertThat(first.closeFrame()).isNotEmpty();
      assertThat(second.closeFrame()).isEmpty();
      fixture.sleep(Duration.ofMillis(1_500));
      assertThat(second.closeFrame()).isNotEmpty();
    });
  }

  @Test
  void aTokenThatArrivesAfterTheDeadlineIsNotAccepted() throws InterruptedException {
    ApiFixture fixture = new ApiFixture();
    fixture.run(() -> {
      TestSubscriber late = TestSubscriber.connect(fixture);
      fixture.sleep(Duration.ofSeconds(10));
      late.send("{'auth_token':'acme-token'}");
      fixture.sleep(Duration.ofSeconds(1));
      assertThat(late.messages).isEmpty();
      assertThat(fixture.request("GET", "/websockets").data().isEmpty()).isTrue();
    });
  }

  @Test
  void socketsWithoutATokenCannotKeepOutOthers() throws InterruptedException {
    ApiFixture fixture = with(SocketLimits.STANDARD.authenticating(2, HOUR, HOUR));
    fixture.run(() -> {
      TestSubscriber oldest = TestSubscriber.connect(fixture);
      TestSubscriber.connect(fixture);
      TestSubscriber newest = TestSubscriber.connect(fixture);
      assertThat(oldest.closeFrame()).startsWith("1008 ");
      assertThat(newest.errors("{'auth_token':'acme-token'}")).isEmpty();
    });
  }

  @Test
  void theConnectionsOfAnAddressAreLimited() throws InterruptedException {
    ApiFixture fixture = with(SocketLimits.STANDARD.clients(10, 2, 10));
    fixture.run(() -> {
      TestSubscriber first = TestSubscriber.connect(fixture, "192.0.2.1");
      TestSubscriber.connect(fixture, "192.0.2.1");
      assertThat(fixture.api.sockets().refusal("192.0.2.1").orElseThrow().message())
          .isEqualTo("too many connections: the limit for one address is 2");
      assertThat(TestSubscriber.connect(fixture, "192.0.2.1").closeFrame())
          .isEqualTo("1013 too many connections: the limit for one address is 2");
      assertThat(fixture.api.sockets().refusal("192.0.2.2")).isEmpty();
      first.disconnect();
      assertThat(fixture.api.sockets().refusal("192.0.2.1")).isEmpty();
    });
  }

  @Test
  void addressesOfOneIpv6NetworkCountAsOne() throws InterruptedException {
    ApiFixture fixture = with(SocketLimits.STANDARD.clients(10, 2, 10));
    fixture.run(() -> {
      TestSubscriber.connect(fixture, "2001:db8:0:1::1");
      TestSubscriber.connect(fixture, "2001:db8:0:1:ffff::2");
      assertThat(fixture.api.sockets().refusal("2001:db8:0:1:1:2:3:4")).isPresent();
      assertThat(fixture.api.sockets().refusal("2001:db8:0:2::1")).isEmpty();
    });
  }

  @Test
  void theConnectionsInTotalAreLimited() throws InterruptedException {
    ApiFixture fixture = with(SocketLimits.STANDARD.clients(2, 2, 2));
    fixture.run(() -> {
      TestSubscriber.connect(fixture, "192.0.2.1");
      TestSubscriber.connect(fixture, "192.0.2.2");
      assertThat(TestSubscriber.connect(fixture, "192.0.2.3").closeFrame())
          .isEqualTo("1013 too many connections: the limit is 2");
    });
  }

  @Test
  void theConnectionsOfAnAccountAreLimitedFromAllAddressesTogether() throws InterruptedException {
    ApiFixture fixture = with(SocketLimits.STANDARD.clients(10, 10, 2));
    fixture.run(() -> {
      TestSubscriber first = TestSubscriber.connect(fixture, "192.0.2.1");
      first.request("{'auth_token':'acme-token'}");
      follow(fixture, new Stream());
      TestSubscriber third = TestSubscriber.connect(fixture, "192.0.2.3");
      third.send("{'auth_token':'acme-token'}");
      assertThat(third.closeFrame())
          .isEqualTo("1013 too many connections: the limit for one account is 2");
      assertThat(TestSubscriber.connect(fixture).errors("{'auth_token':'other-token'}")).isEmpty();
      assertThat(TestSubscriber.connect(fixture).errors("{'auth_token':'admin-token'}")).isEmpty();
      first.disconnect();
      assertThat(TestSubscriber.connect(fixture).errors("{'auth_token':'acme-token'}")).isEmpty();
    });
  }

  @Test
  void aRevokedTokenEndsSocketsAndStreamsWithinTenSeconds() throws InterruptedException {
    ApiFixture fixture = new ApiFixture();
    fixture.run(() -> {
      TestSubscriber acme = TestSubscriber.connect(fixture);
      acme.request("{'auth_token':'acme-token'}");
      Stream stream = new Stream();
      follow(fixture, stream);
      TestSubscriber other = TestSubscriber.connect(fixture);
      other.request("{'auth_token':'other-token'}");
      fixture.sleep(Duration.ofMinutes(5));
      assertThat(acme.closeFrame()).isEmpty();
      fixture.tokens = onlyOther("other");
      fixture.sleep(Duration.ofSeconds(10));
      assertThat(acme.closeFrame()).isEqualTo("1008 the token is no longer valid");
      assertThat(stream.aborted).isTrue();
      assertThat(other.closeFrame()).isEmpty();
      assertThat(fixture.api.sockets().list(ApiFixture.ACME).isEmpty()).isTrue();
    });
  }

  @Test
  void aTokenThatNowGivesOtherAccessEndsTheSocket() throws InterruptedException {
    ApiFixture fixture = new ApiFixture();
    fixture.run(() -> {
      TestSubscriber other = TestSubscriber.connect(fixture);
      other.request("{'auth_token':'other-token'}");
      fixture.tokens = onlyOther("acme");
      fixture.sleep(Duration.ofSeconds(10));
      assertThat(other.closeFrame()).isEqualTo("1008 the token is no longer valid");
    });
  }

  @Test
  void aKnownRevocationTakesEffectAtOnce() throws InterruptedException {
    ApiFixture fixture = with(SocketLimits.STANDARD.authenticating(10, HOUR, HOUR));
    fixture.run(() -> {
      TestSubscriber acme = TestSubscriber.connect(fixture);
      acme.request("{'auth_token':'acme-token'}");
      fixture.tokens = onlyOther("other");
      fixture.api.sockets().recheckTokens();
      fixture.sleep(Duration.ofMillis(1));
      assertThat(acme.closeFrame()).isEqualTo("1008 the token is no longer valid");
    });
  }

  @Test
  void socketsStayOpenWhileTokensCannotBeChecked() throws InterruptedException {
    ApiFixture fixture = new ApiFixture();
    fixture.run(() -> {
      TestSubscriber acme = TestSubscriber.connect(fixture);
      acme.request("{'auth_token':'acme-token'}");
      AtomicInteger checks = new AtomicInteger();
      fixture.tokens =
          token -> {
            checks.incrementAndGet();
            throw new StoreUnavailableException("down");
          };
      fixture.sleep(Duration.ofMinutes(1));
      assertThat(checks).hasValueBetween(5, 7);
      assertThat(acme.closeFrame()).isEmpty();
      fixture.tokens = onlyOther("other");
      fixture.sleep(Duration.ofSeconds(10));
      assertThat(acme.closeFrame()).isNotEmpty();
    });
  }

  private static HashedTokens onlyOther(String account) {
    return HashedTokens.of(
        Json.read(
            "[{\"sha256\":\"%s\",\"account\":\"%s\"}]"
                .formatted(HashedTokens.hash(ApiFixture.OTHER_TOKEN), account)));
  }

  private static void follow(ApiFixture fixture, Stream stream) {
    ApiFixture.Reply reply =
        fixture.request("GET", "/conferences/red/events", "", Map.of("X-Auth-Token", "acme-token"));
    stream.closed =
        fixture
            .api
            .sockets()
            .follow(reply.reply().events().orElseThrow(), "192.0.2.2", 1, stream)
            .orElseThrow();
  }

  /** A stream of Server-Sent Events. */
  private static final class Stream implements Transport {
    private boolean aborted;
    private Runnable closed = () -> {};

    @Override
    public void send(List<byte[]> messages, Runnable sent) {
      sent.run();
    }

    @Override
    public void abort() {
      aborted = true;
      closed.run();
    }
  }
}
