package dev.callflow.spring;

import dev.callflow.host.Callflow;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;

/** Adds Callflow to the health of the application. */
@AutoConfiguration(after = CallflowAutoConfiguration.class)
@ConditionalOnClass({HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class})
@ConditionalOnSingleCandidate(Callflow.class)
@ConditionalOnEnabledHealthIndicator("callflow")
final class CallflowHealthAutoConfiguration {

  @Bean
  @ConditionalOnMissingBean(name = "callflowHealthIndicator")
  CallflowHealthIndicator callflowHealthIndicator(Callflow callflow) {
    return new CallflowHealthIndicator(callflow);
  }
}
