package dev.callflow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.waiting.Eventually;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the launchers in a folder of their own, with a Java that prints its arguments. */
class LauncherIT {

  @TempDir private Path folder;

  private static final Path ARCHIVE = Path.of("../packaging/callflow-dist/src");

  private Path home;
  private Path unpacked;
  private Path java;

  @BeforeEach
  void create() throws IOException {
    folder = folder.toRealPath();
    home = Files.createDirectories(folder.resolve("call flow"));
    Files.createDirectories(home.resolve("callflow-cli/target/app"));
    Files.createFile(home.resolve("callflow-cli/target/app/built"));
    Files.copy(
        Path.of("../callflow"), home.resolve("callflow"), StandardCopyOption.COPY_ATTRIBUTES);
    copy("lib/launcher.sh", home.resolve("packaging/callflow-dist/src"));
    unpacked = folder.resolve("un packed");
    copy("bin/callflow", unpacked);
    copy("lib/launcher.sh", unpacked);
    java = Files.createDirectories(folder.resolve("jdk/bin")).getParent();
    Files.writeString(java.resolve("release"), "JAVA_VERSION=\"21.0.1\"\n");
    Path program = java.resolve("bin/java");
    Files.writeString(program, "#!/bin/sh\nprintf '%s\\n' \"$@\"\n");
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static void copy(String file, Path to) throws IOException {
    Files.createDirectories(to.resolve(file).getParent());
    Files.copy(ARCHIVE.resolve(file), to.resolve(file), StandardCopyOption.COPY_ATTRIBUTES);
  }

  private List<String> run(Path launcher) throws IOException, InterruptedException {
    return run(launcher, Map.of("JAVA_HOME", java.toString()), "lint", "a b");
  }

  private List<String> run(Path launcher, Map<String, String> environment, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(launcher.toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().keySet().removeIf(it -> it.startsWith("CALLFLOW"));
    builder.environment().put("JAVA_HOME", "");
    builder.environment().putAll(environment);
    builder.redirectErrorStream(true);
    Process process = builder.start();
    String printed = new String(process.getInputStream().readAllBytes());
    assertThat(process.waitFor(Eventually.LIMIT.toMillis(), TimeUnit.MILLISECONDS)).isTrue();
    return printed.lines().toList();
  }

  @Test
  void theLauncherPassesItsArgumentsOn() throws Exception {
    assertThat(run(home.resolve("callflow")))
        .contains("-Dcallflow.home=" + home)
        .endsWith("dev.callflow.cli.Main", "lint", "a b");
  }

  @Test
  void theLauncherIsStartedByALinkToALink() throws Exception {
    Path bin = Files.createDirectories(folder.resolve("bin"));
    Files.createSymbolicLink(bin.resolve("absolute"), home.resolve("callflow"));
    Files.createSymbolicLink(home.resolve("relative"), Path.of("../bin/absolute"));
    assertThat(run(home.resolve("relative"))).contains("-Dcallflow.home=" + home);
  }

  @Test
  void theLauncherOfTheArchiveIsStartedByARelativeLinkFromAFolderWithSpaces() throws Exception {
    Path bin = Files.createDirectories(folder.resolve("b i n"));
    Files.createSymbolicLink(bin.resolve("callflow"), Path.of("../un packed/bin/callflow"));
    assertThat(run(bin.resolve("callflow")))
        .contains("-Dcallflow.home=" + unpacked)
        .containsSubsequence("-cp", unpacked + "/lib/*", "dev.callflow.cli.Main", "lint", "a b");
  }

  @Test
  void javaIsFoundOnThePath() throws Exception {
    String path = java.resolve("bin") + ":" + System.getenv("PATH");
    assertThat(run(unpacked.resolve("bin/callflow"), Map.of("PATH", path), "lint"))
        .contains("dev.callflow.cli.Main");
  }

  @Test
  void optionsForJavaComeAfterThoseOfTheLauncher() throws Exception {
    Map<String, String> environment =
        Map.of("JAVA_HOME", java.toString(), "CALLFLOW_JAVA_OPTS", "-Xmx1g -Dx=*");
    assertThat(run(unpacked.resolve("bin/callflow"), environment, "lint"))
        .containsSubsequence("-XX:TieredStopAtLevel=1", "-Xmx1g", "-Dx=*", "-cp");
  }

  @Test
  void onlyAHostIsOptimised() throws Exception {
    Map<String, String> environment = Map.of("JAVA_HOME", java.toString());
    Path launcher = unpacked.resolve("bin/callflow");
    assertThat(run(launcher, environment, "--config", "file", "host"))
        .doesNotContain("-XX:TieredStopAtLevel=1", "-DCALLFLOW_LOG=OFF");
    assertThat(run(launcher, environment, "demo"))
        .contains("-XX:TieredStopAtLevel=1", "-DCALLFLOW_LOG=OFF");
  }
}
