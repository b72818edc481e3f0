package dev.callflow.examples;

import dev.callflow.testkit.model.RoomState;
import dev.callflow.testkit.wire.SimulatedCaller;
import dev.callflow.testkit.wire.SimulatedFreeSwitch;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./callflow simulate}: a FreeSWITCH without media, to develop against. */
@Command(
    name = "simulate",
    description = {
      "Runs a simulated FreeSWITCH: an event socket, calls that go to an application, rooms.",
      "Reads commands from its input: call FROM TO, press N KEYS, hangup N, heard N, rooms, quit.",
      "Event-socket clients place calls with: originate loopback/5000/default &park()"
    },
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

  @Spec private CommandSpec spec = CommandSpec.create();

  private final Map<Integer, SimulatedCaller> callers = new LinkedHashMap<>();

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    try (SimulatedFreeSwitch freeSwitch =
        SimulatedFreeSwitch.builder()
            .esl(esl)
            .password(password)
            .application(application)
            .start()) {
      say(
          "a simulated FreeSWITCH listens at "
              + freeSwitch.esl().getHostString()
              + ":"
              + freeSwitch.esl().getPort());
      BufferedReader in =
          new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
      String line = in.readLine();
      boolean any = line != null;
      while (line != null && !line.strip().equals("quit")) {
        obey(freeSwitch, line.strip());
        line = in.readLine();
      }
      if (!any) {
        // Without an input it runs until it is ended.
        new CountDownLatch(1).await(Long.MAX_VALUE, TimeUnit.DAYS);
      }
      return 0;
    } catch (IOException e) {
      spec.commandLine().getErr().println("cannot listen at " + esl + ": " + e.getMessage());
      return 2;
    } finally {
      out.flush();
    }
  }

  private void obey(SimulatedFreeSwitch freeSwitch, String line) {
    String[] words = line.split("\\s+");
    switch (words[0]) {
      case "" -> {}
      case "call" -> {
        if (words.length < 3) {
          say("call FROM TO");
          return;
        }
        int number = callers.size() + 1;
        callers.put(number, freeSwitch.call(words[1], "Caller " + number, words[2]));
        say(number + " is " + callers.get(number).uuid());
      }
      case "press" -> {
        SimulatedCaller caller = caller(words);
        if (caller != null && words.length > 2) {
          caller.press(words[2]);
        }
      }
      case "hangup" -> {
        SimulatedCaller caller = caller(words);
        if (caller != null) {
          caller.hangUp();
        }
      }
      case "heard" -> {
        SimulatedCaller caller = caller(words);
        if (caller != null) {
          caller.heard().forEach(this::say);
        }
      }
      case "rooms" -> {
        for (RoomState room : freeSwitch.rooms()) {
          say(room.name() + ": " + room.size() + (room.locked() ? ", locked" : ""));
        }
      }
      default -> say("call FROM TO, press N KEYS, hangup N, heard N, rooms, quit");
    }
  }

  private @org.jspecify.annotations.Nullable SimulatedCaller caller(String[] words) {
    SimulatedCaller caller =
        words.length > 1 && words[1].matches("\\d{1,6}")
            ? callers.get(Integer.parseInt(words[1]))
            : null;
    if (caller == null) {
      say("there is no such caller");
    }
    return caller;
  }

  private void say(String line) {
    spec.commandLine().getOut().println(line);
    spec.commandLine().getOut().flush();
  }
}
