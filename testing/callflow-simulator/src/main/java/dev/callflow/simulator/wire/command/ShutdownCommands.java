package dev.callflow.simulator.wire.command;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;

/** The {@code api} commands that shut the switch down: {@code shutdown} and {@code fsctl}. */
public final class ShutdownCommands implements ApiCommandGroup {

  private static final String USAGE =
      "-USAGE: [hupall|shutdown [cancel|elegant|asap|now|restart]]\n";

  /** Carries out the commands. */
  public interface Target {

    /**
     * Hangs up all calls, closes all connections and ends.
     *
     * @param restart whether to start again
     */
    void shutDown(boolean restart);

    /**
     * Waits until there are no more calls, and then shuts down; blocks until then.
     *
     * @param what the event's description of the command: {@code elegant} or {@code ASAP}
     * @param refuse whether to refuse new calls in the meantime
     */
    void shutDownWithoutCalls(String what, boolean refuse, boolean restart);

    /** Cancels a shutdown that waits for calls to end. */
    void cancel();

    /** Ends at once, without notice. */
    void crash();

    /** Hangs up all calls with {@code MANAGER_REQUEST}. */
    void hangUpAll();
  }

  private final Target target;

  public ShutdownCommands(Target target) {
    this.target = target;
  }

  @Override
  public Map<String, UnaryOperator<String>> commands() {
    return Map.of("shutdown", none -> shutDown(List.of()), "fsctl", this::control);
  }

  private String control(String arguments) {
    List<String> words = List.of(arguments.toLowerCase(Locale.ROOT).split(" "));
    return switch (words.getFirst()) {
      case "shutdown" -> shutDown(words.subList(1, words.size()));
      case "hupall" -> {
        target.hangUpAll();
        yield "+OK\n";
      }
      default -> USAGE;
    };
  }

  /** As in FreeSWITCH, unknown options are ignored, and the last known one counts. */
  private String shutDown(List<String> options) {
    boolean restart = options.contains("restart");
    if (options.contains("cancel")) {
      target.cancel();
      return "+OK\n";
    }
    String how =
        options.stream()
            .filter(List.of("elegant", "asap", "now")::contains)
            .reduce("", (before, last) -> last);
    switch (how) {
      case "elegant" -> target.shutDownWithoutCalls("elegant", false, restart);
      case "asap" -> target.shutDownWithoutCalls("ASAP", true, restart);
      case "now" -> target.crash();
      default -> target.shutDown(restart);
    }
    return "+OK\n";
  }
}
