package dev.callflow.spring.test;

import dev.callflow.conference.observe.ConferenceObserver;
import dev.callflow.core.CallObserver;
import dev.callflow.core.CallflowModule;
import dev.callflow.core.document.DocumentStore;
import dev.callflow.spring.CallflowCustomizer;
import java.util.Set;
import org.springframework.boot.test.context.filter.annotation.StandardAnnotationCustomizableTypeExcludeFilter;

/** Decides which components of the application are part of a test of callflows. */
final class CallflowTypeFilter
    extends StandardAnnotationCustomizableTypeExcludeFilter<CallflowTest> {

  CallflowTypeFilter(Class<?> test) {
    super(test);
  }

  @Override
  protected Set<Class<?>> getKnownIncludes() {
    return Set.of(
        CallflowModule.class,
        CallObserver.class,
        ConferenceObserver.class,
        CallflowCustomizer.class,
        DocumentStore.class);
  }
}
