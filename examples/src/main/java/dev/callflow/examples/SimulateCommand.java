package dev.callflow.examples;

import dev.callflow.simulator.wire.SimulatedFreeSwitch;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./callflow simulate}: a FreeSWITCH without media, to develop against. */
@Command(
    name = "simulate",
    description = {
      "Runs a simulated FreeSWITCH: an event socket, calls that go to an application, rooms.",
      "Reads commands from its input or from a script; 'help' lists them.",
      "Event-socket clients place calls with: originate loopback/5000/default &park()",
      "The numbers park, echo, socket_PORT and conference:ROOM need no application."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:ended", "1:something in the script went wrong", "2:it could not be started"},
    mixinStandardHelpOptions = true)
final class SimulateCommand implements Callable<Integer> {

  @Option(
      names = "--esl",
      paramLabel = "HOST:PORT",
      converter = Addresses.class,
      description = "Where to listen for event-socket clients. Default: 127.0.0.1:8021")
  private InetSocketAddress esl = new InetSocketAddress("127.0.0.1", 8021);

  @Option(names = "--password", paramLabel = "P", description = "Default: ClueCon")
  private String password = "ClueCon";

  @Option(
      names = "--application",
      paramLabel = "HOST:PORT",
      converter = Addresses.class,
      description = "To whom calls are handed. Default: 127.0.0.1:8084")
  private InetSocketAddress application = new InetSocketAddress("127.0.0.1", 8084);

  @Option(
      names = "--script",
      paramLabel = "FILE",
      description = "Commands to carry out instead of those from the input.")
  private @Nullable Path script;

  @Option(
      names = "--media-scale",
      paramLabel = "X",
      description = "Makes media shorter or longer than they are. Default: 1")
  private double mediaScale = 1;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    try (SimulatedFreeSwitch freeSwitch =
        SimulatedFreeSwitch.builder()
            .esl(esl)
            .password(password)
            .application(application)
            .mediaScale(mediaScale)
            .start()) {
      say(
          "a simulated FreeSWITCH listens at "
              + freeSwitch.esl().getHostString()
              + ":"
              + freeSwitch.esl().getPort());
      SimulatorPrompt prompt = new SimulatorPrompt(freeSwitch, this::say);
      prompt.tellWhatHappens();
      if (script != null) {
        try (BufferedReader in = Files.newBufferedReader(script)) {
          return prompt.obey(in, () -> {}) == 0 ? 0 : 1;
        }
      }
      BufferedReader in =
          new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
      in.mark(1);
      if (in.read() < 0) {
        // Without an input it runs until it is ended.
        new CountDownLatch(1).await(Long.MAX_VALUE, TimeUnit.DAYS);
      }
      in.reset();
      boolean somebody = System.console() != null;
      prompt.obey(
          in,
          () -> {
            if (somebody) {
              out.print("> ");
              out.flush();
            }
          });
      return 0;
    } catch (NoSuchFileException e) {
      spec.commandLine().getErr().println("there is no file " + e.getMessage());
      return 2;
    } catch (IOException e) {
      spec.commandLine().getErr().println("cannot listen at " + esl + ": " + e.getMessage());
      return 2;
    } finally {
      out.flush();
    }
  }

  private void say(String line) {
    spec.commandLine().getOut().println(line);
    spec.commandLine().getOut().flush();
  }
}
