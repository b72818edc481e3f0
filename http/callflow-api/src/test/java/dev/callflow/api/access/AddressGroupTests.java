package dev.callflow.api.access;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressGroupTests {

  @ParameterizedTest
  @CsvSource({
    "192.0.2.1, 192.0.2.1",
    "::ffff:192.0.2.1, 192.0.2.1",
    "2001:db8::1, 2001:db8:0:0::/64",
    "2001:db8:0:1:2:3:4:5, 2001:db8:0:1::/64",
    "fe80::1%eth0, fe80:0:0:0::/64",
    "unknown, unknown"
  })
  void anIpv6AddressCountsByItsNetwork(String host, String group) {
    assertThat(AddressGroup.of(host)).isEqualTo(group);
  }

  @ParameterizedTest
  @CsvSource({"'a\nb', a_b", "'x y\r', x_y_"})
  void aTextThatIsNoAddressCannotForgeALogLine(String host, String group) {
    assertThat(AddressGroup.of(host)).isEqualTo(group);
  }
}
