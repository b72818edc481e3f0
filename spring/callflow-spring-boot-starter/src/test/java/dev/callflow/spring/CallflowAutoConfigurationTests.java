package dev.callflow.spring;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.callflow.api.webhook.Webhook;
import dev.callflow.api.webhook.Webhooks;
import dev.callflow.core.CallflowModule;
import dev.callflow.core.ModuleContext;
import dev.callflow.core.Outcome;
import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.DocumentStore;
import dev.callflow.core.document.DocumentType;
import dev.callflow.core.document.Json;
import dev.callflow.core.record.AccountRecord;
import dev.callflow.core.record.MemoryRecords;
import dev.callflow.core.record.RecordKind;
import dev.callflow.core.record.RecordStore;
import dev.callflow.core.store.DataFolder;
import dev.callflow.core.store.MemoryStore;
import dev.callflow.core.time.TimeSource;
import dev.callflow.host.Callflow;
import dev.callflow.store.JdbcStore;
import dev.callflow.store.StoreOptions;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.actuate.endpoint.SanitizableData;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.context.SmartLifecycle;
import tools.jackson.databind.node.ObjectNode;

/** What an application gets from its properties and beans. */
class CallflowAutoConfigurationTests {

  private static final AccountId ACME = new AccountId("acme");

  @TempDir private Path data;

  @BeforeEach
  void writeDocuments() throws IOException {
    Path conferences = data.resolve("accounts/acme/conferences");
    Files.createDirectories(conferences);
    Files.writeString(conferences.resolve("board.json"), "{\"name\": \"Board\"}");
  }

  @Test
  void aFreeSwitchAndADataFolderAreEnough() {
    Contexts.withFreeSwitch()
        .withPropertyValues("callflow.data=" + data)
        .run(context -> {
          assertThat(context).hasNotFailed().hasSingleBean(DataFolder.class);
          assertThat(context.getBean(Callflow.class).calls().getPort()).isPositive();
          assertThat(data.resolve(".position-key")).exists();
        });
  }

  @Test
  void noPositionKeyIsCreatedIfCallsAreHungUpAtTheEnd() {
    Contexts.withFreeSwitch()
        .withPropertyValues("callflow.data=" + data, "callflow.closing=hang-up")
        .run(context -> {
          assertThat(context).hasNotFailed();
          assertThat(data.resolve(".position-key")).doesNotExist();
        });
  }

  @Test
  void aStoreOfTheApplicationReplacesTheDataFolder() {
    Contexts.complete()
        .withPropertyValues("callflow.data=" + data)
        .run(context ->
            assertThat(context)
                .hasSingleBean(DocumentStore.class)
                .hasSingleBean(MemoryStore.class));
  }

  @Test
  void aCallflowOfTheApplicationIsNeitherReplacedNorStarted() {
    Contexts.bare()
        .withBean(
            Callflow.class,
            () ->
                Callflow.builder()
                    .documents(new MemoryStore())
                    .freeSwitch("127.0.0.1:1", "swordfish")
                    .listen("127.0.0.1:0")
                    .build())
        .run(context -> {
          assertThat(context).hasNotFailed().hasSingleBean(Callflow.class);
          assertThat(context).doesNotHaveBean(CallflowLifecycle.class);
          context.getBean(Callflow.class).start();
        });
  }

  @Test
  void nothingIsConfiguredIfCallflowIsDisabled() {
    Contexts.bare()
        .withPropertyValues("callflow.enabled=false")
        .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(Callflow.class));
  }

  @Test
  void documentsAreKeptInTheDatabaseOfTheApplicationAfterTheFolderIsImported() {
    Contexts.withFreeSwitch()
        .withBean(DataSource.class, () -> h2("imported"))
        .withPropertyValues("callflow.store.enabled=true", "callflow.data=" + data)
        .run(context -> {
          assertThat(context).hasNotFailed().hasSingleBean(JdbcStore.class);
          assertThat(
                  context.getBean(DocumentStore.class).find(ACME, DocumentType.CONFERENCE, "board"))
              .isPresent();
        });
  }

  @Test
  void recordsAreKeptInTheDatabaseOfTheApplication() {
    AccountRecord record =
        new AccountRecord(
            Optional.of(ACME), RecordKind.CALL, "1", "", Instant.EPOCH, Json.object());
    Contexts.withFreeSwitch()
        .withBean(DataSource.class, () -> h2("records"))
        .withPropertyValues("callflow.store.enabled=true")
        .run(context -> {
          context.getBean(RecordStore.class).put(record);
          assertThat(
                  context
                      .getBean(JdbcStore.class)
                      .records()
                      .find(Optional.of(ACME), RecordKind.CALL, "1"))
              .contains(record);
        });
  }

  @Test
  void recordsAreKeptInTheStoreThatTheApplicationHasOpened() {
    AccountRecord record =
        new AccountRecord(
            Optional.of(ACME), RecordKind.CALL, "1", "", Instant.EPOCH, Json.object());
    Contexts.withFreeSwitch()
        .withBean(
            JdbcStore.class,
            () -> JdbcStore.open(StoreOptions.of("jdbc:h2:mem:opened"), TimeSource.system()))
        .run(context -> {
          context.getBean(RecordStore.class).put(record);
          assertThat(
                  context
                      .getBean(JdbcStore.class)
                      .records()
                      .find(Optional.of(ACME), RecordKind.CALL, "1"))
              .contains(record);
        });
  }

  @Test
  void recordsAreKeptInMemoryWithoutADatabase() {
    Contexts.complete()
        .run(context ->
            assertThat(context)
                .hasSingleBean(RecordStore.class)
                .hasSingleBean(MemoryRecords.class));
    Contexts.complete()
        .withClassLoader(new FilteredClassLoader("dev.callflow.store"))
        .run(context -> assertThat(context).hasNotFailed().hasSingleBean(MemoryRecords.class));
  }

  @Test
  void recordsOfTheApplicationReplaceThoseOfTheDatabase() {
    MemoryRecords own = new MemoryRecords();
    Contexts.withFreeSwitch()
        .withBean(DataSource.class, () -> h2("replaced"))
        .withBean("own", RecordStore.class, () -> own)
        .withPropertyValues("callflow.store.enabled=true")
        .run(context -> {
          assertThat(context).hasSingleBean(JdbcStore.class);
          assertThat(context.getBean(RecordStore.class)).isSameAs(own);
        });
  }

  @Test
  void eventsAreDeliveredToWebhooksIfTheirModuleIsPresent() {
    Contexts.complete().run(context -> assertThat(context).hasSingleBean(Webhooks.class));
    Contexts.complete()
        .withClassLoader(new FilteredClassLoader("dev.callflow.api.delivery"))
        .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(Webhooks.class));
  }

  @Test
  void eventsAreNotDeliveredToWebhooksIfTheApplicationDoesNotWantIt() {
    Contexts.complete()
        .withPropertyValues("callflow.webhooks.enabled=false")
        .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(Webhooks.class));
  }

  @Test
  void eventsAreDeliveredToWebhooksEvenIfBeansAreLazy() {
    Contexts.complete()
        .withInitializer(context ->
            context.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor()))
        .run(context ->
            assertThat(
                    context
                        .getSourceApplicationContext()
                        .getBeanFactory()
                        .containsSingleton("callflowWebhooks"))
                .isTrue());
  }

  @Test
  void webhooksOfTheApplicationReplaceTheDelivery() {
    Contexts.complete()
        .withBean("own", Webhooks.class, NoWebhooks::new)
        .run(context -> assertThat(context).hasSingleBean(Webhooks.class).hasBean("own"));
  }

  private static final class NoWebhooks implements Webhooks {
    @Override
    public Optional<String> refusal(URI target) {
      return Optional.of("there are none");
    }

    @Override
    public ObjectNode test(Webhook hook) {
      throw new IllegalStateException("nothing is tested");
    }

    @Override
    public void switchedOn(AccountId account, String hook) {}
  }

  private static HikariDataSource h2(String name) {
    HikariDataSource source = new HikariDataSource();
    source.setJdbcUrl("jdbc:h2:mem:" + name);
    return source;
  }

  @Test
  void modulesOfTheApplicationAreAdded() {
    Contexts.complete()
        .withBean("first", CallflowModule.class, NoSleep::new)
        .withBean("second", CallflowModule.class, NoSleep::new)
        .run(context ->
            assertThat(context).getFailure().rootCause().hasMessage("two modules are named sleep"));
  }

  private static final class NoSleep implements CallflowModule {
    @Override
    public String name() {
      return "sleep";
    }

    @Override
    public Outcome run(ModuleContext context) {
      throw new IllegalStateException("no call arrives");
    }
  }

  @Test
  void customizersAreCalledAfterThePropertiesHaveBeenApplied() {
    Contexts.complete()
        .withBean(CallflowCustomizer.class, () -> builder -> builder.listen("127.0.0.1:99999"))
        .run(context ->
            assertThat(context).getFailure().rootCause().hasMessageContaining("127.0.0.1:99999"));
  }

  @Test
  void metersAreRegisteredInTheRegistryOfTheApplication() {
    Contexts.complete()
        .withBean(SimpleMeterRegistry.class)
        .run(context ->
            assertThat(
                    context.getBean(SimpleMeterRegistry.class).find("callflow.calls.live").gauge())
                .isNotNull());
  }

  @Test
  void theHealthIsDownWithoutAFreeSwitchAndOutOfServiceAfterTheEnd() {
    Contexts.complete()
        .run(context -> {
          HealthIndicator health = context.getBean(HealthIndicator.class);
          assertThat(health.health().getStatus()).isEqualTo(Status.DOWN);
          assertThat(health.health().getDetails())
              .containsEntry("storeReachable", true)
              .containsEntry("calls", 0);
          context.getBean(CallflowLifecycle.class).stop();
          assertThat(health.health().getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
        });
  }

  @Test
  void theHealthCanBeDisabled() {
    Contexts.complete()
        .withPropertyValues("management.health.callflow.enabled=false")
        .run(context -> assertThat(context).doesNotHaveBean(HealthIndicator.class));
  }

  @Test
  void callflowStartsLastAndStopsFirst() {
    Contexts.complete()
        .run(context -> {
          CallflowLifecycle lifecycle = context.getBean(CallflowLifecycle.class);
          assertThat(lifecycle.isRunning()).isTrue();
          assertThat(lifecycle.getPhase()).isEqualTo(Integer.MAX_VALUE);
          assertThat(((SmartLifecycle) lifecycle).isPauseable()).isFalse();
          context.getSourceApplicationContext().stop();
          assertThat(lifecycle.isRunning()).isFalse();
          assertThat(context.getBean(Callflow.class).health().closing()).isTrue();
        });
  }

  @Test
  void actuatorShowsNoSecrets() {
    Contexts.complete()
        .run(context -> {
          SanitizingFunction hides = context.getBean(SanitizingFunction.class);
          for (String key :
              new String[] {
                "callflow.free-switch[0].password",
                "callflow.freeSwitch[0].password",
                "CALLFLOW_FREESWITCH_0_PASSWORD",
                "callflow.call-secrets[0]",
                "callflow.callSecrets[0]",
                "callflow.api.tokens[0].sha256"
              }) {
            assertThat(
                    hides
                        .applyUnlessFiltered(new SanitizableData(null, key, "swordfish"))
                        .getValue())
                .as(key)
                .isEqualTo(SanitizableData.SANITIZED_VALUE);
          }
          assertThat(
                  hides
                      .applyUnlessFiltered(new SanitizableData(null, "callflow.listen", "x:1"))
                      .getValue())
              .isEqualTo("x:1");
        });
  }
}
