package dev.callflow.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_THROW_GENERIC_EXCEPTIONS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.callflow.esl.runtime.EslNetwork;
import io.netty.channel.ChannelFuture;
import io.netty.util.concurrent.Ticker;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks that the classes of all modules follow the rules in docs/architecture.md. */
class ArchitectureTests {

  private static final JavaClasses ALL =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.callflow");

  /** All classes except those of the command line, which writes to a terminal. */
  private static final JavaClasses LIBRARY =
      ALL.that(
          DescribedPredicate.describe(
              "in the library", type -> !type.getPackageName().startsWith("dev.callflow.cli")));

  /** The published modules from the bottom up, each with the modules that it may use. */
  enum Module {
    ESL,
    CORE,
    CONFERENCE(CORE),
    STORE(CORE),
    FREESWITCH(CORE, CONFERENCE, ESL),
    HOST(CORE, CONFERENCE, FREESWITCH, ESL),
    SIMULATOR(CORE),
    TESTKIT(CORE, CONFERENCE, FREESWITCH, ESL, SIMULATOR),
    API(CORE, CONFERENCE),
    SPRING(CORE, CONFERENCE, STORE, FREESWITCH, HOST, ESL, API, SIMULATOR);

    private final Set<Module> mayUse;

    Module(Module... mayUse) {
      this.mayUse = Set.of(mayUse);
    }

    String classes() {
      return "dev.callflow." + name().toLowerCase(java.util.Locale.ROOT) + "..";
    }

    String[] mayNotUse() {
      return Stream.concat(
              Arrays.stream(values())
                  .filter(other -> other != this && !mayUse.contains(other))
                  .map(Module::classes),
              Stream.of("dev.callflow.cli.."))
          .toArray(String[]::new);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aModuleUsesOnlyTheModulesBelowIt(Module module) {
    noClasses()
        .that()
        .resideInAPackage(module.classes())
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(module.mayNotUse())
        .check(ALL);
  }

  @ParameterizedTest
  @EnumSource
  void aModuleHasClasses(Module module) {
    assertThat(ALL.stream().map(JavaClass::getPackageName))
        .anyMatch(name -> (name + ".").startsWith(module.classes().replace("..", ".")));
  }

  /** In Turkish, the lower-case letter of I is not i. */
  @ParameterizedTest
  @ValueSource(strings = {"toLowerCase", "toUpperCase"})
  void theCaseOfLettersIsChangedInTheRootLocale(String method) {
    noClasses().should().callMethod(String.class, method).check(ALL);
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching("dev.callflow.(**)").should().beFreeOfCycles().check(ALL);
  }

  @Test
  void noPackageHasMoreThan25Files() {
    Map<String, Long> files = topLevel().collect(groupingBy(JavaClass::getPackageName, counting()));

    assertThat(files).allSatisfy((name, count) -> assertThat(count).as(name).isLessThan(26));
  }

  @Test
  void noTwoTypesHaveTheSameName() {
    Map<String, List<String>> byName =
        topLevel()
            .filter(type -> !type.getSimpleName().equals("package-info"))
            .collect(groupingBy(JavaClass::getSimpleName, mapping(JavaClass::getName, toList())));

    assertThat(byName.values()).allMatch(types -> types.size() == 1);
  }

  private static Stream<JavaClass> topLevel() {
    return ALL.stream().filter(JavaClass::isTopLevelClass);
  }

  @Test
  void onlyTheEventSocketUsesNetty() {
    noClasses()
        .that()
        .resideOutsideOfPackages("dev.callflow.esl..", "dev.callflow.testkit.network..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.netty..")
        .check(LIBRARY);
  }

  @Test
  void onlyTheNetworkPortOfTheEventSocketReturnsNettyTypes() {
    methods()
        .that()
        .arePublic()
        .and()
        .areNotDeclaredIn(EslNetwork.class)
        .and()
        .areDeclaredInClassesThat()
        .resideInAPackage("dev.callflow.esl..")
        .and()
        .areDeclaredInClassesThat()
        .arePublic()
        .should()
        .notHaveRawReturnType(
            DescribedPredicate.describe(
                "of Netty", type -> type.getPackageName().startsWith("io.netty")))
        .check(LIBRARY);
  }

  @Test
  void theEventSocketWaitsAndStartsThreadsOnlyThroughItsRuntime() {
    noClasses()
        .that()
        .resideInAPackage("dev.callflow.esl..")
        .and()
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
        .areAssignableTo(Ticker.class)
        .orShould()
        .callMethod(Thread.class, "ofVirtual")
        .orShould()
        .callMethod(Thread.class, "startVirtualThread", Runnable.class)
        .orShould()
        .callMethod(CompletableFuture.class, "get", long.class, TimeUnit.class)
        .orShould()
        .callMethod(ChannelFuture.class, "awaitUninterruptibly")
        .check(LIBRARY);
  }

  @Test
  void theStoreExposesNoTypesOfItsLibraries() {
    noClasses()
        .that()
        .resideInAPackage("dev.callflow.store..")
        .and()
        .arePublic()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("com.zaxxer..", "org.flywaydb..", "org.h2..", "org.postgresql..")
        .check(LIBRARY);
  }

  @Test
  void onlyTheAdaptersOfTheApiUseAServer() {
    noClasses()
        .that()
        .resideOutsideOfPackages("dev.callflow.api.http..", "dev.callflow.spring.web..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.javalin..", "jakarta.servlet..", "org.eclipse.jetty..")
        .check(LIBRARY);
  }

  /** Applications can leave these modules out. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "api.http",
        "api.smtp",
        "api.delivery",
        "api.openapi.page",
        "api.console",
        "esl.epoll"
      })
  void noModuleUsesAModuleThatNotEverybodyWants(String name) {
    String classes = "dev.callflow." + name + "..";
    noClasses()
        .that()
        .resideOutsideOfPackage(classes)
        .and()
        // Spring loads it only if the application has webhooks, as a test of the starter shows.
        .doNotHaveFullyQualifiedName("dev.callflow.spring.CallflowWebhooksAutoConfiguration")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(classes)
        .check(LIBRARY);
  }

  @Test
  void onlyOnePackageOfTheApiUsesMailLibraries() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.callflow.api.smtp..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "jakarta.mail..",
            "org.eclipse.angus..",
            "org.simplejavamail..",
            "com.samskivert..",
            "dev.failsafe..")
        .check(LIBRARY);
  }

  @Test
  void onlyTestsOfSpringApplicationsUseTheSimulator() {
    noClasses()
        .that()
        .resideInAPackage("dev.callflow.spring..")
        .and()
        .resideOutsideOfPackage("dev.callflow.spring.test..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.callflow.simulator..", "dev.callflow.testkit..")
        .check(LIBRARY);
  }

  @Test
  void theModelOfTheSimulatedSwitchDoesNotDependOnTheEventSocket() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "dev.callflow.simulator",
            "dev.callflow.simulator.model..",
            "dev.callflow.simulator.channel..",
            "dev.callflow.simulator.room..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.callflow.simulator.wire..", "dev.callflow.simulator.network..")
        .check(LIBRARY);
  }

  @Test
  void replayInTheProcessDoesNotDependOnTheEventSocket() {
    noClasses()
        .that()
        .resideInAnyPackage("dev.callflow.testkit.replay..", "dev.callflow.testkit.inprocess..")
        .and()
        .resideOutsideOfPackage("dev.callflow.testkit.replay.wire..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.callflow.esl..", "dev.callflow.freeswitch..", "dev.callflow.simulator.wire..")
        .check(LIBRARY);
  }

  @Test
  void nothingWritesToStandardStreamsOrThrowsGenericExceptions() {
    NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.check(LIBRARY);
    NO_CLASSES_SHOULD_THROW_GENERIC_EXCEPTIONS.check(LIBRARY);
  }

  /**
   * All code waits and reads the time through the same interface, so that tests can control the
   * time. Jetty itself waits for bytes, by its selectors and its own idle timeouts; the API sets
   * these timeouts, but neither reads Jetty's clock nor uses its scheduler.
   */
  @Test
  void nothingSleepsOrReadsTheMachinesClock() {
    noClasses()
        .that()
        // Part of the time source that reads the machine's clock.
        .doNotHaveFullyQualifiedName("dev.callflow.core.time.SystemInbox")
        .should()
        .callMethod(Thread.class, "sleep", long.class)
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(System.class, "nanoTime")
        .orShould()
        .callMethod(Instant.class, "now")
        .orShould()
        .dependOnClassesThat()
        .haveFullyQualifiedName("org.eclipse.jetty.util.NanoTime")
        .orShould()
        .callMethodWhere(
            DescribedPredicate.describe(
                "a scheduler runs a task",
                call ->
                    call.getTargetOwner()
                            .getName()
                            .equals("org.eclipse.jetty.util.thread.Scheduler")
                        && call.getName().equals("schedule")))
        .check(LIBRARY);
    // join() waits without a deadline.
    noClasses()
        .that()
        .resideInAnyPackage(
            "dev.callflow.core..",
            "dev.callflow.conference..",
            "dev.callflow.store..",
            "dev.callflow.host..",
            "dev.callflow.freeswitch..")
        .should()
        .callMethod(CompletableFuture.class, "join")
        .check(LIBRARY);
    noClasses()
        .that()
        .resideInAnyPackage(
            "dev.callflow.simulator..", "dev.callflow.testkit..", "dev.callflow.api..")
        .should()
        .dependOnClassesThat()
        .areAssignableTo(Clock.class)
        .check(LIBRARY);
  }

  /**
   * Large requests and the hashing of passwords would delay all others on virtual threads, which
   * are not preempted.
   */
  @Test
  void onlyLargeRequestsPasswordHashesAndAddressLookUpsRunOnPlatformThreads() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName("dev.callflow.api.server.LargeRequests")
        .and()
        .doNotHaveFullyQualifiedName("dev.callflow.spring.web.LargeBodies")
        .and()
        .doNotHaveFullyQualifiedName("dev.callflow.api.credential.SlowHash")
        .and()
        // The resolver of the JDK pins the carrier threads of virtual threads.
        .doNotHaveFullyQualifiedName("dev.callflow.api.delivery.AddressLookup")
        .should()
        .callMethod(Thread.class, "ofPlatform")
        .check(LIBRARY);
  }

  @Test
  void everyPackageIsNullMarked() {
    assertThat(ALL.stream().map(JavaClass::getPackage).distinct())
        .allMatch(it -> it.isAnnotatedWith(NullMarked.class), "is @NullMarked");
  }

  @Test
  void accessorsDoNotBeginWithGet() {
    // Java itself requires such names for the methods of futures.
    methods()
        .that()
        .arePublic()
        .and()
        .areDeclaredInClassesThat()
        .resideInAnyPackage(
            "dev.callflow.simulator..", "dev.callflow.testkit..", "dev.callflow.api..")
        .and()
        .areDeclaredInClassesThat()
        .areNotAssignableTo(Future.class)
        .should()
        .haveNameNotMatching("get[A-Z].*")
        .check(LIBRARY);
  }
}
