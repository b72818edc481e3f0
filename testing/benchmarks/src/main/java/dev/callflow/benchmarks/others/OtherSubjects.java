package dev.callflow.benchmarks.others;

import dev.callflow.benchmarks.process.Cost;
import dev.callflow.benchmarks.process.Subject;
import java.util.List;
import java.util.Map;

/** The programs that run on the JVM. */
public final class OtherSubjects {

  private OtherSubjects() {}

  /**
   * Starts a program.
   *
   * @param name the name of the program
   * @param controlPort the port on which FreeSWITCH listens
   * @param callPort the port on which the program accepts calls
   * @return the subject. Its task {@code cost} returns the CPU time so far; {@code mute TIMES}
   *     mutes and unmutes all participants in turn; {@code list TIMES} lists the participants.
   * @throws Exception if the program cannot be started
   */
  public static Subject of(String name, int controlPort, int callPort) throws Exception {
    Program program = program(name, controlPort, callPort);
    return task ->
        switch (task.getFirst()) {
          case "cost" -> Map.of("cpu", Cost.processSeconds());
          case "mute" -> mute(program, Integer.parseInt(task.getLast()));
          case "list" -> list(program, Integer.parseInt(task.getLast()));
          default -> throw new IllegalArgumentException("unknown task " + task);
        };
  }

  static Program program(String name, int controlPort, int callPort) throws Exception {
    return switch (name) {
      case "own" -> new OwnProgram(controlPort, callPort);
      case "esl-client-0.9.2" -> new EslClient092Program(controlPort, callPort);
      case "freeswitch-esl-2.2.0" -> new FreeswitchEsl220Program(controlPort);
      default -> throw new IllegalArgumentException("unknown subject " + name);
    };
  }

  private static Map<String, Double> mute(Program program, int times) throws Exception {
    double before = Cost.processSeconds();
    for (int i = 0; i < times; i++) {
      program.muteAll(i % 2 == 0);
    }
    return Map.of("cpu", Cost.processSeconds() - before);
  }

  private static Map<String, Double> list(Program program, int times) {
    double before = Cost.processSeconds();
    List<Program.Participant> listed = List.of();
    for (int i = 0; i < times; i++) {
      listed = program.participants();
    }
    return Map.of(
        "cpu",
        Cost.processSeconds() - before,
        "members",
        (double) listed.size(),
        "muted",
        (double) listed.stream().filter(Program.Participant::muted).count());
  }
}
