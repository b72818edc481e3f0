package dev.callflow.spring;

import dev.callflow.core.record.MemoryRecords;
import dev.callflow.core.record.RecordStore;
import dev.callflow.store.JdbcStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;

/**
 * Gives Callflow, its API and its webhooks the same records: those of the application's {@link
 * JdbcStore}, or of the memory if it has none. A {@link RecordStore} of the application replaces
 * both.
 */
@AutoConfiguration(
    after = CallflowStoreAutoConfiguration.class,
    before = CallflowAutoConfiguration.class)
@ConditionalOnBooleanProperty(name = "callflow.enabled", matchIfMissing = true)
final class CallflowRecordsAutoConfiguration {

  private static final Logger LOG = LoggerFactory.getLogger(CallflowRecordsAutoConfiguration.class);

  /** Records in the database that has the documents. */
  @Order(1)
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(JdbcStore.class)
  @ConditionalOnSingleCandidate(JdbcStore.class)
  @ConditionalOnMissingBean(RecordStore.class)
  static final class DatabaseConfiguration {

    @Bean
    RecordStore callflowRecords(JdbcStore store) {
      return store.records();
    }
  }

  /** Records that are lost when the application stops. */
  @Order(2)
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnMissingBean(RecordStore.class)
  static final class MemoryConfiguration {

    @Bean
    MemoryRecords callflowRecords() {
      LOG.info(
          "history, tokens and passwords are kept in memory, and lost when the application stops");
      return new MemoryRecords();
    }
  }
}
