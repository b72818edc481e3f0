package dev.callflow.examples.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.cli.Main;
import dev.callflow.ports.ReservedPort;
import dev.callflow.simulator.wire.SimulatedCaller;
import dev.callflow.simulator.wire.SimulatedFreeSwitch;
import dev.callflow.waiting.Eventually;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * Follows docs/tutorial.md with the simulated FreeSWITCH: the shell's commands run in a folder with
 * a small configuration, those of {@code fs_cli} on the simulated FreeSWITCH, those of {@code
 * ./callflow} in this process.
 */
class TutorialIT {

  private static final String PASSWORD = "YOUR-PASSWORD";
  private static final Pattern API =
      Pattern.compile("fs_cli (?:-p (\\S+) )?-x (?:'([^']*)'|(\\S+))");

  @TempDir private Path folder;

  private final StringWriter output = new StringWriter();

  @Test
  void theTutorialLeadsIntoAConference() throws Exception {
    writeConfiguration();
    try (ReservedPort calls = new ReservedPort();
        SimulatedFreeSwitch freeSwitch =
            SimulatedFreeSwitch.builder().password(PASSWORD).mediaScale(0.05).start()) {
      freeSwitch.handCallsTo(new InetSocketAddress("127.0.0.1", calls.number()));
      Thread host = null;
      try {
        for (Page.Block block : Page.read("docs/tutorial.md").blocks("sh")) {
          if (block.text().contains("./callflow host")) {
            host = startHost(block.commands(), freeSwitch, calls);
          } else if (block.text().contains("./callflow")) {
            block.commands().forEach(this::runCallflow);
          } else if (block.text().contains("fs_cli")) {
            block.commands().forEach(command -> runOnFreeSwitch(command, freeSwitch));
          } else {
            runInShell(block);
          }
          if (block.text().contains("user_context")) {
            theConfigurationIsWhatThePageSays();
          }
          if (block.text().contains("phone/accounts")) {
            theTelephoneGetsIn(freeSwitch);
          }
        }
      } finally {
        if (host != null) {
          host.interrupt();
          Eventually.ended(host);
        }
      }
    }
    assertThat(output.toString().lines().filter(line -> line.contains(" joined "))).hasSize(2);
    assertThat(folder.resolve("phone/accounts")).isNotEmptyFile();
  }

  /** Writes what the page changes of the configuration that FreeSWITCH comes with. */
  private void writeConfiguration() throws IOException {
    Files.createSymbolicLink(folder.resolve("examples"), Page.ROOT.resolve("examples"));
    write(
        "conf/autoload_configs/event_socket.conf.xml",
        "<param name=\"password\" value=\"ClueCon\"/>");
    write("conf/dialplan/default.xml", "<include/>");
    write("conf/vars.xml", "<X-PRE-PROCESS cmd=\"set\" data=\"default_password=1234\"/>");
    write("conf/directory/default/1000.xml", "<variable name=\"user_context\" value=\"default\"/>");
  }

  private void write(String file, String text) throws IOException {
    Files.createDirectories(folder.resolve(file).getParent());
    Files.writeString(folder.resolve(file), text);
  }

  private void theConfigurationIsWhatThePageSays() throws IOException {
    Path conf = folder.resolve("conf");
    assertThat(conf.resolve("dialplan/callflow.xml"))
        .content()
        .contains("context name=\"callflow\"");
    assertThat(conf.resolve("autoload_configs/event_socket.conf.xml"))
        .content()
        .contains("name=\"password\" value=\"" + PASSWORD + "\"");
    assertThat(conf.resolve("autoload_configs/event_socket.conf.xml.~1~"))
        .content()
        .contains("ClueCon");
    assertThat(conf.resolve("autoload_configs/conference.conf.xml")).isNotEmptyFile();
    assertThat(conf.resolve("vars.xml")).content().contains("default_password=YOUR-SIP-PASSWORD");
    assertThat(conf.resolve("directory/default/1000.xml")).content().contains("value=\"callflow\"");
  }

  private Thread startHost(
      List<String> commands, SimulatedFreeSwitch freeSwitch, ReservedPort calls) {
    assertThat(commands)
        .containsExactly("CALLFLOW_PASSWORD=YOUR-PASSWORD ./callflow host --data first");
    Thread host =
        Thread.ofPlatform()
            .start(() ->
                run(
                    "host",
                    "--data",
                    folder.resolve("first").toString(),
                    "--password",
                    PASSWORD,
                    "--freeswitch",
                    "127.0.0.1:" + freeSwitch.esl().getPort(),
                    "--listen",
                    "127.0.0.1:" + calls.number()));
    prints("connected to FreeSWITCH at 127.0.0.1:");
    return host;
  }

  private void prints(String expected) {
    Eventually.passes(() -> assertThat(output.toString()).contains(expected));
  }

  private int run(String... arguments) {
    PrintWriter writer = new PrintWriter(output, true);
    return new CommandLine(new Main()).setOut(writer).setErr(writer).execute(arguments);
  }

  /** Runs a command whose last argument is a file or a folder. */
  private void runCallflow(String command) {
    List<String> words = new ArrayList<>(Arrays.asList(command.split(" ")));
    words.set(words.size() - 1, folder.resolve(words.getLast()).toString());
    assertThat(run(words.subList(1, words.size()).toArray(String[]::new)))
        .as(command + "\n" + output)
        .isZero();
  }

  private void runOnFreeSwitch(String line, SimulatedFreeSwitch freeSwitch) {
    Matcher found = API.matcher(line);
    assertThat(found.matches()).as(line).isTrue();
    String command = found.group(2) == null ? found.group(3) : found.group(2);
    if (command.matches("(?:reload|load|module_exists).*")) {
      return; // The simulated FreeSWITCH has no modules.
    }
    String reply = freeSwitch.api(command);
    assertThat(reply).as(line).isNotEmpty().doesNotStartWith("-ERR");
    if (command.startsWith("originate")) {
      prints("1001 -> 7000  conference");
    }
    if (command.startsWith("uuid_send_dtmf")) {
      prints("acme/7ea30000000000000000000000000001");
    }
  }

  private void runInShell(Page.Block block) throws IOException, InterruptedException {
    String script =
        block
            .text()
            .replace("sudo ", "")
            .replace("/etc/freeswitch", folder.resolve("conf").toString());
    Process bash =
        new ProcessBuilder("bash", "-e")
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .start();
    bash.getOutputStream().write(script.getBytes(StandardCharsets.UTF_8));
    bash.getOutputStream().close();
    String printed = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(bash.waitFor()).as("%s%s", block, printed).isZero();
  }

  private void theTelephoneGetsIn(SimulatedFreeSwitch freeSwitch) {
    SimulatedCaller telephone = freeSwitch.call("1000", "Extension 1000", "7000");
    Eventually.holds(
        "the telephone is asked for a PIN",
        () -> telephone.awaitHeard("conf-enter_conf_pin", 1, Duration.ZERO),
        telephone::heard);
    telephone.press("482913#");
    Eventually.holds(
        "the telephone is in the conference",
        () -> telephone.awaitJoined(Duration.ZERO),
        telephone::heard);
    assertThat(freeSwitch.api("conference list")).contains("2 members", "1000", "1001");
    telephone.press("*1");
    Eventually.passes(() ->
        assertThat(
                freeSwitch.api("conference list").lines().filter(line -> line.contains(";1000;")))
            .singleElement(InstanceOfAssertFactories.STRING)
            .doesNotContain("speak"));
    telephone.press("#");
    Eventually.holds(
        "the telephone has left", () -> telephone.awaitEnded(Duration.ZERO), telephone::heard);
  }
}
