package dev.callflow.spring;

import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;

/** Hides Callflow's secrets in the endpoints of Actuator, even if these show values. */
@AutoConfiguration
@ConditionalOnClass(SanitizingFunction.class)
final class CallflowSanitizingAutoConfiguration {

  @Bean
  SanitizingFunction callflowSecrets() {
    return SanitizingFunction.sanitizeValue()
        .ifKeyMatches("(?i)callflow[._].*(password|secret|token).*");
  }
}
