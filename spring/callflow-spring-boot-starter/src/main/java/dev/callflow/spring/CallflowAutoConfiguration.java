package dev.callflow.spring;

import dev.callflow.conference.observe.ConferenceObserver;
import dev.callflow.core.CallObserver;
import dev.callflow.core.CallflowModule;
import dev.callflow.core.call.MediaGuard;
import dev.callflow.core.document.DocumentStore;
import dev.callflow.core.record.RecordStore;
import dev.callflow.core.store.DataFolder;
import dev.callflow.core.time.TimeSource;
import dev.callflow.host.Callflow;
import dev.callflow.host.DocumentChecks;
import java.nio.file.Path;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Configures {@link Callflow}, unless the application has a bean of this type. Beans of the types
 * {@link CallflowModule}, {@link CallObserver}, {@link ConferenceObserver} and {@link
 * CallflowCustomizer} are added to it. Each event of a conference is published as an event of the
 * application.
 */
@AutoConfiguration
@ConditionalOnBooleanProperty(name = "callflow.enabled", matchIfMissing = true)
@EnableConfigurationProperties(CallflowProperties.class)
final class CallflowAutoConfiguration {

  @Bean
  @ConditionalOnMissingBean(CallflowConnectionDetails.class)
  PropertiesConnectionDetails callflowConnectionDetails(CallflowProperties properties) {
    return new PropertiesConnectionDetails(properties);
  }

  /** The data folder, unless the application has another store. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnProperty("callflow.data")
  @ConditionalOnMissingBean(DocumentStore.class)
  static final class FolderConfiguration {

    @Bean
    @ConditionalOnBooleanProperty(
        name = "callflow.store.enabled",
        havingValue = false,
        matchIfMissing = true)
    DataFolder callflowDocuments(
        CallflowProperties properties,
        ObjectProvider<MediaGuard> media,
        ObjectProvider<CallflowModule> modules) {
      DocumentChecks checks =
          new DocumentChecks(
              media.getIfAvailable(MediaGuard::standard), modules.orderedStream().toList());
      return InvalidPropertyException.checked(
          "callflow.data",
          () -> DataFolder.open(Path.of(properties.data()), checks, TimeSource.system()));
    }
  }

  /** Callflow itself. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnMissingBean(Callflow.class)
  static final class HostConfiguration {

    @Bean
    Callflow callflow(
        CallflowProperties properties,
        CallflowConnectionDetails connections,
        ObjectProvider<DocumentStore> documents,
        ObjectProvider<RecordStore> records,
        ObjectProvider<MediaGuard> media,
        ObjectProvider<CallflowModule> modules,
        ObjectProvider<CallObserver> callObservers,
        ObjectProvider<ConferenceObserver> conferenceObservers,
        ObjectProvider<CallflowCustomizer> customizers,
        ApplicationEventPublisher events) {
      DocumentStore store = documents.getIfAvailable();
      if (store == null) {
        throw noDocuments(properties);
      }
      Callflow.Builder builder = CallflowBuilding.builder(properties, connections, store);
      records.ifAvailable(builder::records);
      media.ifAvailable(builder::media);
      modules.orderedStream().forEach(builder::module);
      callObservers.orderedStream().forEach(builder::observer);
      conferenceObservers.orderedStream().forEach(builder::conferenceObserver);
      customizers.orderedStream().forEach(it -> it.customize(builder));
      Callflow callflow = builder.build();
      callflow.conferences().onEvent(events::publishEvent);
      return callflow;
    }

    private static InvalidPropertyException noDocuments(CallflowProperties properties) {
      return properties.store().enabled()
          ? new InvalidPropertyException(
              "callflow.store.enabled",
              "there is no store: add callflow-store and spring-boot-starter-jdbc; in a"
                  + " @CallflowTest, set its documents")
          : new InvalidPropertyException(
              "callflow.data",
              "there are no documents: set a data folder, or set callflow.store.enabled, or define"
                  + " a bean of type EditableStore");
    }

    @Bean
    CallflowLifecycle callflowLifecycle(Callflow callflow, CallflowProperties properties) {
      return new CallflowLifecycle(callflow, properties.closing());
    }
  }
}
