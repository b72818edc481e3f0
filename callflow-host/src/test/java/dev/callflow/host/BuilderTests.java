package dev.callflow.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.callflow.core.CallflowModule;
import dev.callflow.core.ModuleContext;
import dev.callflow.core.Outcome;
import dev.callflow.core.store.MemoryStore;
import dev.callflow.freeswitch.FreeSwitchOptions;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the builder refuses, and with which messages. */
class BuilderTests {

  private final Callflow.Builder builder = Callflow.builder();

  @ParameterizedTest
  @ValueSource(
      strings = {"", "8084", "127.0.0.1", "127.0.0.1:", "127.0.0.1:65536", "::1:8084", "a b:1"})
  void anAddressWithoutAHostOrAPortIsRefused(String address) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.listen(address))
        .withMessage(
            "the address to listen on must be HOST:PORT with a port from 0 to 65535, but is '%s'",
            address);
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1:0", "[::1]:8084", "localhost:65535"})
  void anAddressMayHaveAnIpv6AddressInBracketsAndAnyPort(String address) {
    assertThat(builder.listen(address)).isSameAs(builder);
  }

  @Test
  void theEventSocketOfAFreeSwitchNeedsAPort() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.freeSwitch("127.0.0.1:0", "secret"))
        .withMessage(
            "the address of a FreeSWITCH must be HOST:PORT with a port from 1 to 65535,"
                + " but is '127.0.0.1:0'");
  }

  @Test
  void anEmptyPasswordIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.freeSwitch("127.0.0.1:8021", ""))
        .withMessage("the password of the FreeSWITCH at 127.0.0.1:8021 must not be empty");
  }

  @Test
  void severalFreeSwitchesNeedDifferentNamesAndSipAddresses() {
    FreeSwitchOptions options =
        FreeSwitchOptions.of(
            new InetSocketAddress("127.0.0.1", 8084),
            new InetSocketAddress("127.0.0.1", 8021),
            "secret");
    builder.freeSwitch("east", "10.0.0.1:5060", options);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.freeSwitch("east", "10.0.0.2:5060", options))
        .withMessage("two FreeSWITCHes are named east");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.freeSwitch("west", "10.0.0.1:5060", options))
        .withMessageContaining("the SIP address 10.0.0.1:5060");
  }

  @Test
  void timeoutsAreChecked() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.controlTimeout(Duration.ZERO))
        .withMessage("the control timeout must be positive, but is PT0S");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.unreachableTimeout(Duration.ofSeconds(-1)))
        .withMessage("the unreachable timeout must be positive, but is PT-1S");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.closingTimeout(Duration.ofSeconds(-1)))
        .withMessage("the closing timeout must not be negative, but is PT-1S");
  }

  @Test
  void twoModulesOfTheSameNameAreRefused() {
    builder.module(new Greeting());

    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.module(new Greeting()))
        .withMessage("two modules are named greeting");
  }

  private static final class Greeting implements CallflowModule {
    @Override
    public String name() {
      return "greeting";
    }

    @Override
    public Outcome run(ModuleContext context) {
      return new Outcome.Stop();
    }
  }

  @Test
  void documentsAndAFreeSwitchAreRequired() {
    assertThatIllegalStateException()
        .isThrownBy(() -> Callflow.builder().freeSwitch("127.0.0.1:8021", "secret").start())
        .withMessageStartingWith("there are no documents");
    assertThatIllegalStateException()
        .isThrownBy(() -> Callflow.builder().documents(new MemoryStore()).start())
        .withMessageStartingWith("there is no FreeSWITCH");
  }

  @Test
  void aDataFolderAndAStoreExcludeEachOther() {
    assertThatIllegalStateException()
        .isThrownBy(() -> Callflow.builder().documents(new MemoryStore()).data(Path.of("data")))
        .withMessage("a data folder and a store exclude each other");
  }

  @Test
  void aFolderThatIsNoDataFolderIsRefusedAndStaysAsItWas(@TempDir Path folder) throws Exception {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> Callflow.builder().data(folder).freeSwitch("127.0.0.1:8021", "secret").start())
        .withMessageContaining("not a data folder");
    try (var files = Files.list(folder)) {
      assertThat(files).isEmpty();
    }
  }
}
