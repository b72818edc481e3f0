package dev.callflow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.waiting.Eventually;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the launcher in a folder of its own, with a Java that prints its arguments. */
class LauncherIT {

  @TempDir private Path folder;

  private Path home;
  private Path java;

  @BeforeEach
  void create() throws IOException {
    folder = folder.toRealPath();
    home = Files.createDirectories(folder.resolve("call flow"));
    Files.createDirectories(home.resolve("callflow-cli/target/app"));
    Files.createFile(home.resolve("callflow-cli/target/app/built"));
    Files.copy(
        Path.of("../callflow"), home.resolve("callflow"), StandardCopyOption.COPY_ATTRIBUTES);
    java = Files.createDirectories(folder.resolve("jdk/bin")).getParent();
    Files.writeString(java.resolve("release"), "JAVA_VERSION=\"21.0.1\"\n");
    Path program = java.resolve("bin/java");
    Files.writeString(program, "#!/bin/sh\nprintf '%s\\n' \"$@\"\n");
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private List<String> run(Path launcher) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(launcher.toString(), "lint", "a b");
    builder.environment().put("JAVA_HOME", java.toString());
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
}
