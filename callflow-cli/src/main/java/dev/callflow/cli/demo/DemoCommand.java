package dev.callflow.cli.demo;

import dev.callflow.cli.command.StopRequest;
import dev.callflow.core.store.DataFolder;
import dev.callflow.core.time.TimeSource;
import dev.callflow.host.Callflow;
import dev.callflow.host.DocumentChecks;
import dev.callflow.simulator.wire.SimulatedFreeSwitch;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./callflow demo}: plays scenes with a host, a simulated FreeSWITCH and callers. */
@Command(
    name = "demo",
    header = "Plays scripted calls and prints what happens.",
    description = {
      "Plays scripted calls with a host and a simulated FreeSWITCH.",
      "Runs both in one process, prints what happens, and exits.",
      "With --console, shows them in a browser instead."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:all calls went as the documents specify", "1:a call did not"},
    mixinStandardHelpOptions = true)
public final class DemoCommand implements Callable<Integer> {

  private static final String PASSWORD = "demo";

  /** For picocli. */
  public DemoCommand() {}

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--console",
      description =
          "Serves the console with conferences in motion until it is stopped, and prints its"
              + " address.")
  private boolean console;

  @Override
  public Integer call() throws IOException, InterruptedException {
    return console ? console() : story();
  }

  private int console() throws IOException, InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    try (StopRequest stop = new StopRequest(Scenes.TIMEOUT);
        ConsoleDemo demo = new ConsoleDemo(home(), new InetSocketAddress("127.0.0.1", 0))) {
      out.println("Open this address in a browser on this computer; end the demo with Ctrl+C:");
      out.println(demo.url());
      out.flush();
      stop.await();
      return 0;
    }
  }

  private static Path home() {
    return Path.of(System.getProperty("callflow.home", "."));
  }

  private int story() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    Story story = new Story(out, Ansi.AUTO.enabled(), TimeSource.system());
    Path data = home().resolve("examples/data");
    try (DataFolder documents = DataFolder.read(data, new DocumentChecks(), TimeSource.system());
        SimulatedFreeSwitch freeSwitch =
            SimulatedFreeSwitch.builder().password(PASSWORD).mediaScale(0.3).start();
        Callflow host =
            Callflow.builder()
                .documents(documents)
                .freeSwitch(freeSwitch.esl(), PASSWORD, options -> {})
                .listen("127.0.0.1:0")
                .controlTimeout(Scenes.TIMEOUT)
                .observer(story)
                .conferenceObserver(story)
                .closingTimeout(Duration.ZERO)
                .start()) {
      freeSwitch.handCallsTo(host.calls());
      freeSwitch.model().listen(story::happened);
      host.conferences().onEvent(story::event);
      if (!host.awaitConnected(Scenes.TIMEOUT)) {
        story.fails("the host should connect to the simulated FreeSWITCH");
        return 1;
      }
      story.begin(documents.problems().size());
      new Scenes(freeSwitch, story).play();
      return story.end() ? 0 : 1;
    }
  }
}
