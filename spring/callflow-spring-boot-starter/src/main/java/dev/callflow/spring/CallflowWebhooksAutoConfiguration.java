package dev.callflow.spring;

import dev.callflow.api.delivery.WebhookDelivery;
import dev.callflow.api.webhook.Webhooks;
import dev.callflow.core.document.EditableStore;
import dev.callflow.core.record.RecordStore;
import dev.callflow.core.time.TimeSource;
import dev.callflow.host.Callflow;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;

/** Delivers events to webhooks, if {@code callflow-api-webhooks} is present. */
@AutoConfiguration(
    after = CallflowAutoConfiguration.class,
    beforeName = "dev.callflow.spring.web.CallflowApiAutoConfiguration")
@ConditionalOnClass(WebhookDelivery.class)
@ConditionalOnBooleanProperty(name = "callflow.enabled", matchIfMissing = true)
@ConditionalOnBooleanProperty(name = "callflow.webhooks.enabled", matchIfMissing = true)
@ConditionalOnSingleCandidate(Callflow.class)
@ConditionalOnBean(EditableStore.class)
@ConditionalOnMissingBean(Webhooks.class)
@EnableConfigurationProperties(CallflowProperties.class)
final class CallflowWebhooksAutoConfiguration {

  /**
   * Starts before Callflow takes calls, and closes after Callflow, whose last events are then still
   * stored. Nothing has to depend on it, so that an application whose beans are lazy would be
   * without it.
   */
  @Bean
  @Lazy(false)
  WebhookDelivery callflowWebhooks(
      CallflowProperties properties,
      Callflow callflow,
      EditableStore documents,
      RecordStore records) {
    WebhookDelivery.Builder builder =
        WebhookDelivery.builder(documents, records, callflow.conferences(), TimeSource.system());
    return InvalidPropertyException.checked(
        "callflow.webhooks.allow-to", () -> builder.allow(properties.webhooks().allowTo()).start());
  }
}
