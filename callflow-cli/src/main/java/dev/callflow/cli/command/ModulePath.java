package dev.callflow.cli.command;

import dev.callflow.core.CallflowModule;
import dev.callflow.core.ModuleProvider;
import dev.callflow.core.time.OneLine;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Elements from jars and folders, which announce their modules as services (docs/own-elements.md).
 *
 * <p>All paths share a class loader of their own, so that one jar may need another. Classes of
 * Callflow and of what it needs come from the program.
 */
public final class ModulePath implements AutoCloseable {

  private final URLClassLoader loader;
  private final List<CallflowModule> modules;

  private ModulePath(URLClassLoader loader, List<CallflowModule> modules) {
    this.loader = loader;
    this.modules = List.copyOf(modules);
  }

  /**
   * Loads the modules.
   *
   * @param paths jars, folders of jars, and folders of classes
   * @return the modules; none if there are no paths
   * @throws IllegalArgumentException if a path cannot be read, no module is announced, or a module
   *     cannot be created; the message names the cause and what to do
   */
  public static ModulePath open(List<Path> paths) {
    List<URL> places = paths.stream().flatMap(path -> places(path).stream()).toList();
    URLClassLoader loader = new OwnJars(places, CallflowModule.class.getClassLoader());
    try {
      return new ModulePath(loader, paths.isEmpty() ? List.of() : modules(loader, paths));
    } catch (IllegalArgumentException e) {
      close(loader);
      throw e;
    }
  }

  /**
   * Returns the modules.
   *
   * @return the modules, with distinct names
   */
  public List<CallflowModule> modules() {
    return modules;
  }

  /** Closes the jars; the modules must not be used any more. */
  @Override
  public void close() {
    close(loader);
  }

  private static void close(URLClassLoader loader) {
    try {
      loader.close();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot close the module path", e);
    }
  }

  /**
   * Reads each resource from a jar that it opens for it. The open jars of {@link URLClassLoader}
   * are shared by the whole process, so that closing one loader would break the reading of another.
   */
  private static final class OwnJars extends URLClassLoader {

    OwnJars(List<URL> places, ClassLoader parent) {
      super(places.toArray(URL[]::new), parent);
    }

    @Override
    public @Nullable InputStream getResourceAsStream(String name) {
      URL found = getResource(name);
      if (found == null) {
        return null;
      }
      try {
        URLConnection connection = found.openConnection();
        connection.setUseCaches(false);
        return connection.getInputStream();
      } catch (IOException e) {
        throw new UncheckedIOException(name + " cannot be read", e);
      }
    }
  }

  // ---- places of classes

  private static List<URL> places(Path path) {
    try {
      if (!Files.exists(path)) {
        throw wrong(path, "does not exist");
      }
      if (!Files.isDirectory(path)) {
        return List.of(jar(path));
      }
      List<URL> jars = new ArrayList<>();
      for (Path file : jarsIn(path)) {
        jars.add(jar(file));
      }
      return jars.isEmpty() ? List.of(path.toUri().toURL()) : jars;
    } catch (IOException e) {
      throw wrong(path, CommandErrors.text(e));
    }
  }

  private static List<Path> jarsIn(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
    }
  }

  /** Opens the jar once, because the class loader ignores files that are not jars. */
  private static URL jar(Path file) {
    try (JarFile opened = new JarFile(file.toFile())) {
      return file.toUri().toURL();
    } catch (IOException e) {
      throw wrong(file, "is not a jar: " + CommandErrors.text(e));
    }
  }

  private static IllegalArgumentException wrong(Path path, String what) {
    return new IllegalArgumentException(OneLine.of("--module-path: " + path + ": " + what));
  }

  // ---- modules

  private static List<CallflowModule> modules(ClassLoader loader, List<Path> paths) {
    String where = paths.stream().map(Path::toString).collect(Collectors.joining(", "));
    try {
      List<CallflowModule> modules = new ArrayList<>();
      announced(ModuleProvider.class, loader)
          .forEach(provider -> modules.addAll(provider.modules()));
      announced(CallflowModule.class, loader).forEach(modules::add);
      if (modules.isEmpty()) {
        throw new IllegalArgumentException(
            "no module is announced; add the name of its class to META-INF/services/"
                + CallflowModule.class.getName()
                + " in the jar or folder");
      }
      requireDistinctNames(modules);
      return modules;
    } catch (ServiceConfigurationError | LinkageError | RuntimeException e) {
      throw new IllegalArgumentException(
          OneLine.of("--module-path: " + where + ": " + reason(e)), e);
    }
  }

  /** Creates the objects that the paths announce, without those that the program announces. */
  private static <S> Stream<S> announced(Class<S> service, ClassLoader loader) {
    Set<Class<? extends S>> known =
        ServiceLoader.load(service, loader.getParent()).stream()
            .map(ServiceLoader.Provider::type)
            .collect(Collectors.toSet());
    return ServiceLoader.load(service, loader).stream()
        .filter(provider -> !known.contains(provider.type()))
        .map(ServiceLoader.Provider::get);
  }

  private static void requireDistinctNames(List<CallflowModule> modules) {
    Map<String, CallflowModule> byName = new HashMap<>();
    for (CallflowModule module : modules) {
      CallflowModule same = byName.put(module.name(), module);
      if (same != null) {
        throw new IllegalArgumentException(
            "two modules are named \""
                + module.name()
                + "\": "
                + same.getClass().getName()
                + " and "
                + module.getClass().getName()
                + "; remove or rename one of them");
      }
    }
  }

  private static String reason(Throwable error) {
    return switch (error) {
      case UnsupportedClassVersionError e ->
          e.getMessage() + "; compile it with --release " + Runtime.version().feature();
      case NoClassDefFoundError e ->
          "the class "
              + String.valueOf(e.getMessage()).replace('/', '.')
              + " is missing; add its jar with --module-path";
      case ServiceConfigurationError e ->
          String.valueOf(e.getMessage())
              + Optional.ofNullable(e.getCause()).map(it -> ": " + reason(it)).orElse("")
              + (e.getCause() == null ? "; correct the file in META-INF/services" : "");
      case IllegalArgumentException e -> CommandErrors.text(e);
      default -> error.toString();
    };
  }
}
