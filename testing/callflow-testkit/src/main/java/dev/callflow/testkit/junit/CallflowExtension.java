package dev.callflow.testkit.junit;

import dev.callflow.core.CallflowModule;
import dev.callflow.simulator.wire.SimulatedFreeSwitch;
import dev.callflow.testkit.replay.CaseFile;
import dev.callflow.testkit.replay.CaseFormatException;
import dev.callflow.testkit.replay.CaseRunner;
import dev.callflow.testkit.replay.result.CaseResult;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.ReflectionSupport;

/**
 * Runs the case file that {@link CallflowCase} names. Also gives each test that has a parameter of
 * type {@link SimulatedFreeSwitch} its own instance, and closes the instance after the test; a test
 * without {@link CallflowCase} needs {@code @ExtendWith(CallflowExtension.class)} for this.
 *
 * <p>The simulated FreeSWITCH listens on a free port of the loopback interface. Annotate the
 * parameter with {@link FreeSwitchSettings} to configure it.
 */
@SuppressWarnings("exports")
public final class CallflowExtension implements BeforeEachCallback, ParameterResolver {

  private static final ExtensionContext.Namespace OURS =
      ExtensionContext.Namespace.create(CallflowExtension.class);

  /** Creates the extension. Called by JUnit. */
  public CallflowExtension() {}

  @Override
  public void beforeEach(ExtensionContext context) throws Exception {
    Method method = context.getRequiredTestMethod();
    CallflowCase annotation = method.getAnnotation(CallflowCase.class);
    if (annotation == null) {
      return;
    }
    CaseResult result =
        CaseRunner.run(read(annotation.value(), context.getRequiredTestClass()), modules(context));
    context.getStore(OURS).put(CaseResult.class, result);
    if (Arrays.stream(method.getParameterTypes()).noneMatch(CaseResult.class::equals)) {
      result.orThrow();
    }
  }

  /** Returns the modules of the test instance and, if its class is nested, of those around it. */
  private static List<CallflowModule> modules(ExtensionContext context) {
    List<CallflowModule> modules = new ArrayList<>();
    for (Object instance : context.getRequiredTestInstances().getAllInstances()) {
      for (Field field :
          AnnotationSupport.findAnnotatedFields(instance.getClass(), CaseModule.class)) {
        modules.add(module(field, instance));
      }
    }
    return modules;
  }

  private static CallflowModule module(Field field, Object instance) {
    Object value =
        ReflectionSupport.tryToReadFieldValue(field, instance)
            .getOrThrow(
                e -> new ExtensionConfigurationException("cannot read the field " + field, e));
    if (value instanceof CallflowModule module) {
      return module;
    }
    throw new ExtensionConfigurationException(
        "the field "
            + field
            + " has the annotation @CaseModule, so it must contain a CallflowModule before the"
            + " methods @BeforeEach run, but contains "
            + value);
  }

  private static CaseFile read(String name, Class<?> test) throws IOException {
    try {
      for (String place : new String[] {name, "/cases/" + name, "/" + name}) {
        try (@Nullable InputStream in = test.getResourceAsStream(place)) {
          if (in != null) {
            return CaseFile.parse(name, new String(in.readAllBytes(), StandardCharsets.UTF_8));
          }
        }
      }
      if (Files.exists(Path.of(name))) {
        return CaseFile.read(Path.of(name));
      }
    } catch (CaseFormatException e) {
      throw new ExtensionConfigurationException(e.getMessage() == null ? name : e.getMessage(), e);
    }
    throw new ExtensionConfigurationException(
        "found no case file "
            + name
            + ": it is neither next to "
            + test.getName()
            + ", nor in the folder cases or at the root of the class path, nor a file");
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    return type.equals(SimulatedFreeSwitch.class)
        || type.equals(CaseResult.class)
            && context
                .getTestMethod()
                .filter(method -> method.isAnnotationPresent(CallflowCase.class))
                .isPresent();
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    ExtensionContext.Store store = context.getStore(OURS);
    return Stream.of(parameter.getParameter().getType())
        .filter(CaseResult.class::equals)
        .<Object>map(type -> store.get(type, CaseResult.class))
        .findFirst()
        .orElseGet(() ->
            store.computeIfAbsent(
                SimulatedFreeSwitch.class,
                type -> start(parameter.findAnnotation(FreeSwitchSettings.class)),
                SimulatedFreeSwitch.class));
  }

  private static SimulatedFreeSwitch start(Optional<FreeSwitchSettings> settings) {
    SimulatedFreeSwitch.Builder builder = SimulatedFreeSwitch.builder();
    settings.ifPresent(it -> builder.password(it.password()).mediaScale(it.mediaScale()));
    try {
      return builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start the simulated FreeSWITCH", e);
    }
  }
}
