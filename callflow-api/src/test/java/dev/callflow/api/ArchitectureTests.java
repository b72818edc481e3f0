package dev.callflow.api;

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
import java.util.concurrent.Future;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

class ArchitectureTests {

  private static final JavaClasses API =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.callflow.api");

  @Test
  void packagesHaveNoCycles() {
    slices().matching("dev.callflow.(api..)").should().beFreeOfCycles().check(API);
  }

  @Test
  void onlyTheServerKnowsTheServer() {
    noClasses()
        .that()
        .resideOutsideOfPackage("..api.http..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.javalin..", "jakarta.servlet..", "org.eclipse.jetty..")
        .check(API);
  }

  @Test
  void onlyThePackageOfMailKnowsLibrariesOfMail() {
    noClasses()
        .that()
        .resideOutsideOfPackage("..api.mail..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "jakarta.mail..",
            "org.eclipse.angus..",
            "org.simplejavamail..",
            "com.sanctionco..",
            "com.samskivert..",
            "dev.failsafe..")
        .check(API);
  }

  @Test
  void nobodyKnowsFreeSwitch() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.callflow.esl..", "dev.callflow.freeswitch..", "io.netty..")
        .check(API);
  }

  @Test
  void nobodyWritesToStandardStreamsOrThrowsGenericExceptions() {
    NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.check(API);
    NO_CLASSES_SHOULD_THROW_GENERIC_EXCEPTIONS.check(API);
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
        .check(API);
  }

  @Test
  void everyPackageIsNullMarked() {
    assertThat(API.stream().map(it -> it.getPackage()).distinct())
        .allMatch(it -> it.isAnnotatedWith(NullMarked.class));
  }

  @Test
  void accessorsDoNotBeginWithGet() {
    // Of futures, Java itself asks for it.
    methods()
        .that()
        .arePublic()
        .and()
        .areDeclaredInClassesThat()
        .areNotAssignableTo(Future.class)
        .should()
        .haveNameNotMatching("get[A-Z].*")
        .check(API);
  }
}
