package dev.callflow.esl;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_THROW_GENERIC_EXCEPTIONS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ArchitectureTests {

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.callflow.esl");

  @Test
  void knowsNoCallflow() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.callflow.core..", "dev.callflow.conference..", "dev.callflow.freeswitch..")
        .check(CLASSES);
  }

  @Test
  void onlyTheNetworkPortShowsNetty() {
    methods()
        .that()
        .arePublic()
        .and()
        .areDeclaredInClassesThat()
        .arePublic()
        .and()
        .areNotDeclaredIn(dev.callflow.esl.runtime.EslNetwork.class)
        .should()
        .notHaveRawReturnType(
            com.tngtech.archunit.base.DescribedPredicate.describe(
                "of Netty", type -> type.getPackageName().startsWith("io.netty")))
        .check(CLASSES);
  }

  @Test
  void hasNoPackageCycles() {
    slices().matching("dev.callflow.(**)").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void usesNoStandardStreamsAndNoGenericExceptions() {
    NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.check(CLASSES);
    NO_CLASSES_SHOULD_THROW_GENERIC_EXCEPTIONS.check(CLASSES);
  }

  @Test
  void asksNoClockAndNeverSleeps() {
    noClasses()
        .should()
        .callMethod(Thread.class, "sleep", long.class)
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(System.class, "nanoTime")
        .orShould()
        .callMethod(java.time.Instant.class, "now")
        .check(CLASSES);
  }

  @Test
  void waitsAndStartsThreadsOnlyByItsRuntime() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.callflow.esl.runtime")
        .should()
        .dependOnClassesThat()
        .areAssignableTo(BlockingQueue.class)
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(CountDownLatch.class)
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(Semaphore.class)
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(io.netty.util.concurrent.Ticker.class)
        .orShould()
        .callMethod(Thread.class, "ofVirtual")
        .orShould()
        .callMethod(Thread.class, "startVirtualThread", Runnable.class)
        .orShould()
        .callMethod(CompletableFuture.class, "get", long.class, TimeUnit.class)
        .orShould()
        .callMethod(io.netty.channel.ChannelFuture.class, "awaitUninterruptibly")
        .check(CLASSES);
  }

  @Test
  void saysOfEveryPackageThatNullsAreMarked() {
    classes()
        .that()
        .haveSimpleName("package-info")
        .should()
        .beAnnotatedWith(org.jspecify.annotations.NullMarked.class)
        .check(CLASSES);
  }
}
