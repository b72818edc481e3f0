package dev.callflow.cli;

import dev.callflow.core.store.DataFolder;
import dev.callflow.core.time.TimeSource;
import dev.callflow.host.Callflow;
import dev.callflow.host.DocumentChecks;
import dev.callflow.simulator.wire.SimulatedFreeSwitch;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code ./callflow demo}: plays scenes with a host, a simulated FreeSWITCH and callers. */
@Command(
    name = "demo",
    header = "Plays scripted calls and prints what happens.",
    description = {
      "Plays scripted calls with a host and a simulated FreeSWITCH.",
      "Runs both in one process, prints what happens, and exits."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:all calls went as the documents specify", "1:a call did not"},
    mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {

  private static final String PASSWORD = "demo";

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    Story story = new Story(out, Ansi.AUTO.enabled(), TimeSource.system());
    Path data = Path.of(System.getProperty("callflow.home", ".")).resolve("examples/data");
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
