package dev.callflow.spring.web;

import static dev.callflow.spring.InvalidPropertyException.checked;

import dev.callflow.api.Api;
import dev.callflow.api.access.Authenticator;
import dev.callflow.api.call.CallPlaces;
import dev.callflow.api.event.SocketLimits;
import dev.callflow.api.server.RequestLimits;
import dev.callflow.api.webhook.Webhooks;
import dev.callflow.core.CallflowModule;
import dev.callflow.core.document.EditableStore;
import dev.callflow.core.record.RecordStore;
import dev.callflow.core.time.TimeSource;
import dev.callflow.host.Callflow;
import dev.callflow.spring.CallflowProperties;
import dev.callflow.spring.InvalidPropertyException;
import jakarta.servlet.Servlet;
import jakarta.websocket.server.ServerContainer;
import java.time.Duration;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;

/** Mounts the API in the server of the application. */
@AutoConfiguration(afterName = "dev.callflow.spring.CallflowAutoConfiguration")
@ConditionalOnClass({
  Api.class,
  Servlet.class,
  ServerContainer.class,
  ServletRegistrationBean.class
})
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnBooleanProperty("callflow.api.enabled")
@ConditionalOnSingleCandidate(Callflow.class)
final class CallflowApiAutoConfiguration {

  @Bean
  @ConditionalOnMissingBean
  Api callflowApi(
      CallflowProperties properties,
      Callflow callflow,
      ObjectProvider<EditableStore> documents,
      ObjectProvider<RecordStore> records,
      ObjectProvider<Authenticator> authenticator,
      ObjectProvider<CallflowModule> modules,
      ObjectProvider<CallPlaces> calls,
      ObjectProvider<Webhooks> webhooks,
      ObjectProvider<CallflowApiCustomizer> customizers) {
    EditableStore store = documents.getIfUnique();
    if (store == null) {
      throw new InvalidPropertyException(
          "callflow.api.enabled", "the API needs a store of documents that can be edited");
    }
    CallflowProperties.Api api = properties.api();
    Api.Builder builder =
        Api.builder(store, callflow.conferences(), TimeSource.system())
            .authenticator(authenticator.getIfAvailable(() -> ApiTokens.of(api.tokens(), store)))
            .modules(modules.orderedStream().toList())
            .socketLimits(subscribers(api));
    records.ifAvailable(builder::records);
    calls.ifAvailable(builder::calls);
    webhooks.ifAvailable(builder::webhooks);
    customizers.orderedStream().forEach(it -> it.customize(builder));
    return builder.build();
  }

  private static SocketLimits subscribers(CallflowProperties.Api api) {
    return SocketLimits.STANDARD.clients(
        limit("callflow.api.max-subscribers", api.maxSubscribers()),
        limit("callflow.api.max-subscribers-of-address", api.maxSubscribersOfAddress()),
        limit("callflow.api.max-subscribers-of-account", api.maxSubscribersOfAccount()));
  }

  private static int limit(String property, int value) {
    if (value < 1) {
      throw new InvalidPropertyException(property, "must be at least 1, but is " + value);
    }
    return value;
  }

  /**
   * The calls with the nodes that they are at, as Callflow's observer. If the application builds
   * Callflow, it also adds such an observer, or there is no list of calls.
   */
  @Bean
  @ConditionalOnBean(name = "callflowLifecycle")
  @ConditionalOnMissingBean
  CallPlaces callflowCallPlaces() {
    return new CallPlaces(TimeSource.system());
  }

  @Bean
  @Lazy(false)
  ImportedPasswordsStart callflowImportedPasswords(Api api, ObjectProvider<RecordStore> records) {
    return new ImportedPasswordsStart(api, Optional.ofNullable(records.getIfAvailable()));
  }

  @Bean
  EventStreams callflowEventStreams(Api api) {
    return new EventStreams(api);
  }

  @Bean
  ServletRegistrationBean<ApiServlet> callflowApiServlet(
      CallflowProperties properties, Api api, EventStreams streams) {
    MountPath mount = MountPath.of(properties.api().path());
    return registration(
        "callflow-api",
        new ApiServlet(
            api,
            mount,
            limits(properties.api()),
            limit("callflow.api.max-requests-of-address", properties.api().maxRequestsOfAddress()),
            streams),
        mount.requests());
  }

  @Bean
  ServletRegistrationBean<SocketServlet> callflowSocketServlet(
      CallflowProperties properties, Api api) {
    MountPath mount = MountPath.of(properties.api().path());
    return registration("callflow-websocket", new SocketServlet(api, mount), mount.sockets());
  }

  @Bean
  ServletRegistrationBean<PageServlet> callflowPageServlet(CallflowProperties properties, Api api) {
    MountPath mount = MountPath.of(properties.api().path());
    return registration("callflow-pages", new PageServlet(api, mount), mount.pages());
  }

  private static <T extends Servlet> ServletRegistrationBean<T> registration(
      String name, T servlet, String... patterns) {
    ServletRegistrationBean<T> registration = new ServletRegistrationBean<>(servlet, patterns);
    registration.setName(name);
    return registration;
  }

  private static RequestLimits limits(CallflowProperties.Api api) {
    int maxBytes =
        checked(
            "callflow.api.max-body-size",
            () -> positive(Math.clamp(api.maxBodySize().toBytes(), 0, Integer.MAX_VALUE / 8)));
    Duration timeout = api.bodyTimeout();
    if (!timeout.isPositive()) {
      throw new InvalidPropertyException(
          "callflow.api.body-timeout", "must be positive, but is " + timeout);
    }
    return RequestLimits.of(
        maxBytes,
        limit("callflow.api.max-requests-of-account", api.maxRequestsOfAccount()),
        timeout);
  }

  private static int positive(int bytes) {
    if (bytes < 1) {
      throw new IllegalArgumentException("must be at least one byte, but is " + bytes);
    }
    return bytes;
  }
}
