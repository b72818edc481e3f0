package dev.callflow.spring.test.application;

import static dev.callflow.testkit.junit.CallflowAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.core.document.DocumentStore;
import dev.callflow.core.store.MemoryStore;
import dev.callflow.host.Closing;
import dev.callflow.simulator.wire.SimulatedFreeSwitch;
import dev.callflow.spring.CallflowProperties;
import dev.callflow.spring.test.CallflowTest;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;

@CallflowTest(documents = "documents")
class CallflowTestTests {

  @Autowired private SimulatedFreeSwitch freeSwitch;
  @Autowired private DocumentStore documents;
  @Autowired private CallflowProperties properties;
  @Autowired private ObjectProvider<Billing> billing;

  @Test
  void aCallRunsAModuleOfTheApplication() {
    assertThat(freeSwitch.call("1001", "Alice", "3000")).endsWith("CALL_REJECTED");
  }

  @Test
  void theDocumentsOfTheTestAreInMemory() {
    assertThat(documents).isInstanceOf(MemoryStore.class);
    assertThat(documents.accounts()).hasSize(1);
  }

  @Test
  void otherComponentsAreNotPartOfTheTest() {
    assertThat(billing.getIfAvailable()).isNull();
  }

  @Test
  void callsAreHungUpAtOnceWhenTheContextCloses() {
    assertThat(properties.closing()).isEqualTo(Closing.HANG_UP);
    assertThat(properties.closingTimeout()).isEqualTo(Duration.ZERO);
  }
}
