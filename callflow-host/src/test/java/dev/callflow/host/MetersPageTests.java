package dev.callflow.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.conference.micrometer.MicrometerConferenceMetrics;
import dev.callflow.conference.observe.ConferenceMetrics;
import dev.callflow.conference.observe.ConferenceOutcome;
import dev.callflow.conference.observe.RepairCause;
import dev.callflow.esl.micrometer.MicrometerEslMetrics;
import dev.callflow.simulator.wire.SimulatedCaller;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Compares docs/meters.md with the meters of a host. */
class MetersPageTests {

  private static final Path PAGE = Path.of("../docs/meters.md");

  @Test
  void thePageListsTheMetersOfAHost() throws IOException {
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    try (HostBed bed = new HostBed()) {
      bed.start(bed.builder().meters(registry));
      SimulatedCaller alice = bed.call("1001", "2000");
      alice.hangUp();
      bed.pass(1);
    }
    registerRareMeters(registry);

    assertThat(rows())
        .containsExactlyElementsOf(
            registry.getMeters().stream()
                .map(Meter::getId)
                .sorted(Comparator.comparing(Meter.Id::getName))
                .map(MetersPageTests::row)
                .distinct()
                .toList());
  }

  /** Registers the meters that a host has only after something has failed. */
  private static void registerRareMeters(SimpleMeterRegistry registry) {
    ConferenceMetrics conferences = new MicrometerConferenceMetrics(registry);
    conferences.refused(ConferenceOutcome.LOCKED);
    conferences.repaired(RepairCause.GHOST);
    conferences.recording(ConferenceMetrics.Recording.STARTED);
    new MicrometerEslMetrics(registry, "callflow.esl").unanswered("api");
  }

  private static String row(Meter.Id id) {
    String tags =
        id.getTags().stream()
            .map(Tag::getKey)
            .sorted()
            .map(tag -> "`" + tag + "`")
            .collect(Collectors.joining(", "));
    return String.format(
        Locale.ROOT,
        "| `%s` | %s | %s | %s |",
        id.getName(),
        id.getType().name().toLowerCase(Locale.ROOT),
        tags.isEmpty() ? "–" : tags,
        id.getDescription());
  }

  private static List<String> rows() throws IOException {
    return Pattern.compile("(?m)^\\| `callflow\\..*")
        .matcher(Files.readString(PAGE))
        .results()
        .map(row -> row.group())
        .toList();
  }
}
