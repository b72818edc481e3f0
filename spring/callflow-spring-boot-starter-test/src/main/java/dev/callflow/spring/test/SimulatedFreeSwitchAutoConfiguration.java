package dev.callflow.spring.test;

import dev.callflow.core.document.DocumentStore;
import dev.callflow.core.store.MemoryStore;
import dev.callflow.host.Callflow;
import dev.callflow.simulator.wire.SimulatedFreeSwitch;
import dev.callflow.spring.CallflowConnectionDetails;
import dev.callflow.spring.CallflowProperties;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.event.ContextRefreshedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;

/** Puts a simulated FreeSWITCH in the place of the one in the properties. */
@AutoConfiguration(
    beforeName = {
      "dev.callflow.spring.CallflowAutoConfiguration",
      "dev.callflow.spring.CallflowStoreAutoConfiguration"
    })
final class SimulatedFreeSwitchAutoConfiguration {

  private static final String PASSWORD = "ClueCon";
  private static final Duration CONNECT_TIMEOUT = Duration.ofMinutes(1);

  @Bean
  @ConditionalOnMissingBean
  SimulatedFreeSwitch simulatedFreeSwitch(Environment environment) throws IOException {
    return SimulatedFreeSwitch.builder()
        .password(PASSWORD)
        .mediaScale(environment.getProperty("callflow.test.media-scale", Double.class, 1.0))
        .start();
  }

  @Bean
  CallflowConnectionDetails simulatedConnectionDetails(SimulatedFreeSwitch freeSwitch) {
    return new Simulated("127.0.0.1:" + freeSwitch.esl().getPort());
  }

  private record Simulated(String address) implements CallflowConnectionDetails {

    @Override
    public List<CallflowProperties.FreeSwitchServer> freeSwitches() {
      return List.of(new CallflowProperties.FreeSwitchServer(address, PASSWORD, false));
    }

    @Override
    public String listen() {
      return "127.0.0.1:0";
    }
  }

  @Bean
  @ConditionalOnProperty("callflow.test.documents")
  @ConditionalOnMissingBean(DocumentStore.class)
  MemoryStore callflowTestDocuments(Environment environment) {
    return TestDocuments.of(environment.getRequiredProperty("callflow.test.documents"));
  }

  @Bean
  HandOver simulatedHandOver(SimulatedFreeSwitch freeSwitch, ObjectProvider<Callflow> callflow) {
    return new HandOver(freeSwitch, callflow);
  }

  /** Makes the simulated FreeSWITCH hand its calls to Callflow once it listens for them. */
  record HandOver(SimulatedFreeSwitch freeSwitch, ObjectProvider<Callflow> callflow) {

    @EventListener(ContextRefreshedEvent.class)
    void connect() {
      callflow.ifAvailable(it -> {
        freeSwitch.handCallsTo(it.calls());
        if (!it.awaitConnected(CONNECT_TIMEOUT)) {
          throw new IllegalStateException(
              "Callflow has not connected to the simulated FreeSWITCH: " + it.connectFailures());
        }
      });
    }
  }
}
