package dev.callflow.api.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrustedProxiesTests {

  private final TrustedProxies proxies =
      TrustedProxies.of(List.of("10.0.0.0/8", "127.0.0.1", "fd00::/8"));

  private String client(String peer, String... forwardedFor) throws UnknownHostException {
    return proxies.client(InetAddress.getByName(peer), List.of(forwardedFor)).getHostAddress();
  }

  @Test
  void theHeaderOfATrustedProxyNamesTheClient() throws UnknownHostException {
    assertThat(client("10.0.0.1", "192.0.2.1")).isEqualTo("192.0.2.1");
    assertThat(client("fd00::1", "2001:db8::1")).isEqualTo("2001:db8:0:0:0:0:0:1");
    assertThat(client("127.0.0.1", "192.0.2.1:4711")).isEqualTo("192.0.2.1");
    assertThat(client("127.0.0.1", "[2001:db8::1]:4711")).isEqualTo("2001:db8:0:0:0:0:0:1");
  }

  @Test
  void theHeaderOfAnyOtherPeerIsIgnored() throws UnknownHostException {
    assertThat(client("192.0.2.9", "192.0.2.1")).isEqualTo("192.0.2.9");
    assertThat(client("127.0.0.2", "192.0.2.1")).isEqualTo("127.0.0.2");
  }

  @Test
  void whatTheClientHasWrittenItselfIsIgnored() throws UnknownHostException {
    assertThat(client("10.0.0.1", "198.51.100.7, 192.0.2.1")).isEqualTo("192.0.2.1");
    assertThat(client("10.0.0.1", "10.0.0.9, 192.0.2.1")).isEqualTo("192.0.2.1");
    assertThat(client("10.0.0.1", "198.51.100.7", "192.0.2.1")).isEqualTo("192.0.2.1");
  }

  @Test
  void aChainOfTrustedProxiesIsFollowed() throws UnknownHostException {
    assertThat(client("10.0.0.1", "198.51.100.7, 192.0.2.1, 10.0.0.3,10.0.0.2"))
        .isEqualTo("192.0.2.1");
  }

  @Test
  void withoutAnAddressInTheHeaderTheLastProxyIsTheClient() throws UnknownHostException {
    assertThat(client("10.0.0.1")).isEqualTo("10.0.0.1");
    assertThat(client("10.0.0.1", "unknown")).isEqualTo("10.0.0.1");
    assertThat(client("10.0.0.1", "192.0.2.1, localhost, 10.0.0.2")).isEqualTo("10.0.0.2");
    assertThat(client("10.0.0.1", "")).isEqualTo("10.0.0.1");
    assertThat(client("10.0.0.1", "999.1.1.1")).isEqualTo("10.0.0.1");
  }

  @Test
  void noProxyIsTrustedByDefault() throws UnknownHostException {
    assertThat(TrustedProxies.NONE.client(InetAddress.getByName("127.0.0.1"), List.of("192.0.2.1")))
        .isEqualTo(InetAddress.getByName("127.0.0.1"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"proxy.example.com", "10.0.0", "10.0.0.0/99", "10.0.0.0/x", "", "*"})
  void onlyAddressesAndNetworksAreAccepted(String range) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TrustedProxies.of(List.of(range)))
        .withMessage(
            "a trusted proxy must be an IP address or a network such as 10.0.0.0/8, but is "
                + range);
  }
}
