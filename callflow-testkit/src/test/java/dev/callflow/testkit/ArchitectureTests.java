package dev.callflow.testkit;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_THROW_GENERIC_EXCEPTIONS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

class ArchitectureTests {

  private static final JavaClasses TESTKIT =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.callflow.testkit");

  @Test
  void packagesHaveNoCycles() {
    slices().matching("dev.callflow.(testkit..)").should().beFreeOfCycles().check(TESTKIT);
  }

  @Test
  void theModelKnowsNeitherConferencesNorWires() {
    noClasses()
        .that()
        .resideInAPackage("..testkit.model..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.callflow.conference..",
            "dev.callflow.esl..",
            "dev.callflow.freeswitch..",
            "io.netty..")
        .check(TESTKIT);
  }

  @Test
  void replayKnowsNoWires() {
    noClasses()
        .that()
        .resideInAnyPackage("dev.callflow.testkit", "..replay..", "..inprocess..")
        // The one that runs a case a second time, over the wire.
        .and()
        .doNotHaveSimpleName("WireRun")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.callflow.esl..", "dev.callflow.freeswitch..", "io.netty..")
        .check(TESTKIT);
  }

  @Test
  void nobodyWritesToStandardStreamsOrThrowsGenericExceptions() {
    NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.check(TESTKIT);
    NO_CLASSES_SHOULD_THROW_GENERIC_EXCEPTIONS.check(TESTKIT);
  }

  @Test
  void nobodyAsksTheMachineForTheTimeOrSleeps() {
    noClasses()
        .should()
        .callMethod(Instant.class, "now")
        .orShould()
        .callMethod(System.class, "nanoTime")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(Thread.class, "sleep", long.class)
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(Clock.class)
        .check(TESTKIT);
  }

  @Test
  void everyPackageIsNullMarked() {
    assertThat(TESTKIT.stream().map(it -> it.getPackage()).distinct())
        .allMatch(it -> it.isAnnotatedWith(NullMarked.class));
  }

  @Test
  void accessorsDoNotBeginWithGet() {
    methods().that().arePublic().should().haveNameNotMatching("get[A-Z].*").check(TESTKIT);
  }
}
