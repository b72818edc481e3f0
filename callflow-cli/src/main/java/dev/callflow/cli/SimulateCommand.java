package dev.callflow.cli;

import dev.callflow.cli.command.HostPort;
import dev.callflow.cli.command.NetworkErrors;
import dev.callflow.simulator.wire.SimulatedFreeSwitch;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./callflow simulate}: a simulated FreeSWITCH without audio, for development. */
@Command(
    name = "simulate",
    header = "Runs a simulated FreeSWITCH.",
    description = {
      "The simulated FreeSWITCH hands calls to an application and has conferences.",
      "Reads commands from standard input or from a script; 'help' lists them.",
      "Event-socket clients place calls with: originate loopback/5000/default &park()",
      "The numbers park, echo, socket_PORT and conference:NAME need no application."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:success",
      "1:a command of the script failed",
      "2:the simulator cannot start"
    },
    mixinStandardHelpOptions = true)
final class SimulateCommand implements Callable<Integer> {

  @Option(
      names = "--esl",
      paramLabel = "HOST:PORT",
      converter = HostPort.class,
      description = "The address to listen on for event-socket clients. Default: 127.0.0.1:8021")
  private InetSocketAddress esl = new InetSocketAddress("127.0.0.1", 8021);

  @Mixin private PasswordOptions password = new PasswordOptions();

  @Option(
      names = "--application",
      paramLabel = "HOST:PORT",
      converter = HostPort.class,
      description = "The address of the application that takes the calls. Default: 127.0.0.1:8084")
  private InetSocketAddress application = new InetSocketAddress("127.0.0.1", 8084);

  @Option(
      names = "--script",
      paramLabel = "FILE",
      description = "Runs the commands in this file instead of standard input.")
  private @Nullable Path script;

  @Option(
      names = "--media-scale",
      paramLabel = "X",
      description = "Multiplies the duration of all media by this factor. Default: 1")
  private double mediaScale = 1;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws InterruptedException, IOException {
    PrintWriter out = spec.commandLine().getOut();
    try (SimulatedFreeSwitch freeSwitch =
        SimulatedFreeSwitch.builder()
            .esl(esl)
            .password(password.password())
            .application(application)
            .mediaScale(mediaScale)
            .start()) {
      print(
          "the simulated FreeSWITCH is listening at "
              + freeSwitch.esl().getHostString()
              + ":"
              + freeSwitch.esl().getPort());
      SimulatorPrompt prompt = new SimulatorPrompt(freeSwitch, this::print);
      prompt.printEvents();
      if (script != null) {
        try (BufferedReader in = Files.newBufferedReader(script)) {
          return prompt.run(in, () -> {}) == 0 ? 0 : 1;
        }
      }
      BufferedReader in =
          new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
      in.mark(1);
      if (in.read() < 0) {
        // Without any input, run until the process is stopped.
        new CountDownLatch(1).await(Long.MAX_VALUE, TimeUnit.DAYS);
      }
      in.reset();
      boolean interactive = System.console() != null;
      prompt.run(
          in,
          () -> {
            if (interactive) {
              out.print("> ");
              out.flush();
            }
          });
      return 0;
    } catch (BindException | UnresolvedAddressException e) {
      spec.commandLine()
          .getErr()
          .println(NetworkErrors.cannotListen("listen for event-socket clients", esl, "--esl", e));
      spec.commandLine().getErr().flush();
      return 2;
    } finally {
      out.flush();
    }
  }

  private void print(String line) {
    spec.commandLine().getOut().println(line);
    spec.commandLine().getOut().flush();
  }
}
