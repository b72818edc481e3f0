package dev.callflow.spring;

import dev.callflow.core.CallflowModule;
import dev.callflow.core.call.MediaGuard;
import dev.callflow.core.document.DocumentStore;
import dev.callflow.core.store.DataFolder;
import dev.callflow.core.time.TimeSource;
import dev.callflow.host.Callflow;
import dev.callflow.host.DocumentChecks;
import dev.callflow.store.ImportResult;
import dev.callflow.store.JdbcStore;
import dev.callflow.store.StoreOptions;
import java.nio.file.Path;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;

/** Keeps documents in the database of the application's {@link DataSource}. */
@AutoConfiguration(
    before = CallflowAutoConfiguration.class,
    afterName = "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration")
@ConditionalOnClass({JdbcStore.class, DependsOnDatabaseInitialization.class})
@ConditionalOnBooleanProperty(name = "callflow.enabled", matchIfMissing = true)
@ConditionalOnBooleanProperty("callflow.store.enabled")
@ConditionalOnMissingBean({DocumentStore.class, Callflow.class})
@EnableConfigurationProperties(CallflowProperties.class)
final class CallflowStoreAutoConfiguration {

  private static final Logger LOG = LoggerFactory.getLogger(CallflowStoreAutoConfiguration.class);

  /** Runs after the application's own migrations, which may require an empty schema. */
  @Bean
  @DependsOnDatabaseInitialization
  JdbcStore callflowDocuments(
      CallflowProperties properties,
      ObjectProvider<DataSource> dataSource,
      ObjectProvider<MediaGuard> media,
      ObjectProvider<CallflowModule> modules) {
    DataSource source = dataSource.getIfUnique();
    if (source == null) {
      throw new InvalidPropertyException(
          "callflow.store.enabled",
          "the application must have one DataSource, or one that is primary");
    }
    JdbcStore store = open(properties.store(), source);
    String data = properties.data();
    if (data != null) {
      DocumentChecks checks =
          new DocumentChecks(
              media.getIfAvailable(MediaGuard::standard), modules.orderedStream().toList());
      try {
        InvalidPropertyException.checked(
            "callflow.data", () -> importFolder(store, Path.of(data), checks));
      } catch (RuntimeException e) {
        store.close();
        throw e;
      }
    }
    return store;
  }

  private static JdbcStore open(CallflowProperties.Store properties, DataSource source) {
    StoreOptions standard =
        InvalidPropertyException.checked("callflow.store.enabled", () -> StoreOptions.of(source));
    StoreOptions timed =
        InvalidPropertyException.checked(
            "callflow.store.timeout", () -> standard.deadline(properties.timeout()));
    StoreOptions options =
        properties.cache() == null ? timed : timed.cacheBytes(properties.cache().toBytes());
    return InvalidPropertyException.checked(
        "callflow.store.enabled", () -> JdbcStore.open(source, options, TimeSource.system()));
  }

  private static ImportResult importFolder(JdbcStore store, Path data, DocumentChecks checks) {
    try (DataFolder folder = DataFolder.read(data, checks, TimeSource.system())) {
      folder.problems().forEach(problem -> LOG.warn("not imported: {}", problem));
      ImportResult result = store.importFolder(folder);
      result.problems().forEach(problem -> LOG.warn("not imported: {}", problem));
      LOG.info(
          "imported {} accounts and {} documents from {}",
          result.accounts(),
          result.documents(),
          data);
      return result;
    }
  }
}
