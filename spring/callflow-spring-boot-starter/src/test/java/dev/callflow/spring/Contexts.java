package dev.callflow.spring;

import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.Json;
import dev.callflow.core.store.MemoryStore;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** Contexts of applications, with a FreeSWITCH that cannot be reached. */
final class Contexts {

  private Contexts() {}

  /** An application that has nothing but the starter. */
  static ApplicationContextRunner bare() {
    return new ApplicationContextRunner()
        .withConfiguration(
            AutoConfigurations.of(
                CallflowApiMissingAutoConfiguration.class,
                CallflowAutoConfiguration.class,
                CallflowHealthAutoConfiguration.class,
                CallflowMetricsAutoConfiguration.class,
                CallflowRecordsAutoConfiguration.class,
                CallflowSanitizingAutoConfiguration.class,
                CallflowStoreAutoConfiguration.class,
                CallflowWebhooksAutoConfiguration.class))
        .withPropertyValues("callflow.listen=127.0.0.1:0", "callflow.closing-timeout=0s");
  }

  /** An application that knows a FreeSWITCH. */
  static ApplicationContextRunner withFreeSwitch() {
    return bare()
        .withPropertyValues(
            "callflow.free-switch[0].address=127.0.0.1:1",
            "callflow.free-switch[0].password=swordfish");
  }

  /** An application that knows a FreeSWITCH and has documents. */
  static ApplicationContextRunner complete() {
    return withFreeSwitch()
        .withBean(
            MemoryStore.class,
            () -> new MemoryStore().account(new AccountId("acme"), Json.object()));
  }
}
