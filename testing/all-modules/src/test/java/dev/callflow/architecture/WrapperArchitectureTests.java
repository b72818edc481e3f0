package dev.callflow.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * A class that implements an interface and has another object with the same interface asks that
 * object for everything, also for what the interface answers by default. Otherwise the default
 * answers in place of the wrapped object, which no compiler notices.
 */
class WrapperArchitectureTests {

  private static final JavaClasses ALL =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.callflow");

  /** What a wrapper leaves to the default on purpose. */
  private static final Set<String> ALLOWED =
      Set.of(
          // Combines the wrapper itself with another authenticator.
          "EitherAuthenticator leaves Authenticator.or to the default");

  @Test
  void aWrapperAsksTheWrappedObjectForEverything() {
    assertThat(ALL.stream().flatMap(WrapperArchitectureTests::left).collect(Collectors.toSet()))
        .isEqualTo(ALLOWED);
  }

  /** An example, which the rule must find. */
  interface Speaker {
    String name();

    default String greeting() {
      return "";
    }

    default String twice() {
      return name() + name();
    }
  }

  /** Forgets the greeting. */
  record Forgetful(Speaker speaker) implements Speaker {
    @Override
    public String name() {
      return speaker.name();
    }
  }

  @Test
  void aWrapperThatForgetsAMethodIsFound() {
    JavaClass forgetful =
        new ClassFileImporter().importClasses(Forgetful.class, Speaker.class).get(Forgetful.class);
    assertThat(left(forgetful)).containsExactly("Forgetful leaves Speaker.greeting to the default");
  }

  private static Stream<String> left(JavaClass wrapper) {
    return wrapper.getAllRawInterfaces().stream()
        .filter(wrapped -> wrapped.getPackageName().startsWith("dev.callflow"))
        .filter(wrapped -> wraps(wrapper, wrapped))
        .flatMap(wrapped ->
            answered(wrapped)
                .filter(method -> !overrides(wrapper, wrapped, method))
                .map(method ->
                    wrapper.getSimpleName()
                        + " leaves "
                        + wrapped.getSimpleName()
                        + "."
                        + method.getName()
                        + " to the default"));
  }

  private static boolean wraps(JavaClass wrapper, JavaClass wrapped) {
    boolean hasField =
        wrapper.getFields().stream()
            .anyMatch(field ->
                field.getRawType().equals(wrapped)
                    && !field.getModifiers().contains(JavaModifier.STATIC));
    boolean hasMethod =
        wrapper.isInterface()
            && wrapper.getMethods().stream()
                .anyMatch(method ->
                    method.getRawReturnType().equals(wrapped)
                        && method.getModifiers().contains(JavaModifier.ABSTRACT));
    return hasField || hasMethod;
  }

  /**
   * Returns the methods that the interface answers by default, except those that it derives from
   * its other methods.
   */
  private static Stream<JavaMethod> answered(JavaClass wrapped) {
    return wrapped.getAllMethods().stream()
        .filter(method -> method.getOwner().isInterface())
        .filter(method -> !method.getModifiers().contains(JavaModifier.ABSTRACT))
        .filter(method -> !method.getModifiers().contains(JavaModifier.STATIC))
        .filter(method -> !method.getModifiers().contains(JavaModifier.PRIVATE))
        .filter(method ->
            method.getMethodCallsFromSelf().stream()
                .noneMatch(call -> wrapped.isAssignableTo(call.getTargetOwner().getName())));
  }

  private static boolean overrides(JavaClass wrapper, JavaClass wrapped, JavaMethod method) {
    Set<JavaClass> interfaces =
        Stream.concat(Stream.of(wrapped), wrapped.getAllRawInterfaces().stream())
            .collect(Collectors.toSet());
    return wrapper.getAllMethods().stream()
        .filter(it -> !interfaces.contains(it.getOwner()))
        .filter(it -> it.getName().equals(method.getName()))
        .anyMatch(it -> it.getRawParameterTypes().equals(method.getRawParameterTypes()));
  }
}
