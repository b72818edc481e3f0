package dev.callflow.examples.office;

import dev.callflow.core.CallflowModule;
import dev.callflow.core.ModuleProvider;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Provides the elements of an office, whose holidays are in the environment. */
public final class OfficeElements implements ModuleProvider {

  /** Creates the provider; required by the service loader. */
  public OfficeElements() {}

  @Override
  public List<CallflowModule> modules() {
    String dates = System.getenv().getOrDefault("OFFICE_HOLIDAYS", "2026-12-25");
    Set<LocalDate> holidays =
        Stream.of(dates.split(",")).map(LocalDate::parse).collect(Collectors.toSet());
    return List.of(new BusinessHours(holidays::contains));
  }
}
