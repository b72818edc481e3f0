package dev.callflow.benchmarks.others;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.ports.ReservedPort;
import dev.callflow.waiting.Eventually;
import java.time.Duration;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tests that the programs on the JVM do the same work, so that their costs can be compared.
 * freeswitch-esl allows one client for each JVM, and another test needs it; the benchmark checks it
 * before measuring.
 */
@Timeout(300)
class SameWorkTests {

  private static final int MEMBERS = 100;

  @ParameterizedTest
  @ValueSource(strings = {"own", "esl-client-0.9.2"})
  void callersWithThePinJoinTheConference(String name) throws Exception {
    try (ReservedPort port = new ReservedPort();
        Callers callers = new Callers(port.number());
        Program program = OtherSubjects.program(name, callers.controlPort(), port.number())) {
      callers.join(2);
      double[] micros = callers.visit(3, Duration.ZERO);

      assertThat(callers.members()).isEqualTo(2);
      assertThat(DoubleStream.of(micros)).hasSize(3).allMatch(it -> it > 0);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"own", "esl-client-0.9.2"})
  void allMembersAreMutedAndListed(String name) throws Exception {
    try (ReservedPort port = new ReservedPort();
        Callers callers = new Callers(port.number());
        Program program = OtherSubjects.program(name, callers.controlPort(), port.number())) {
      if (name.equals("own")) {
        callers.join(MEMBERS);
      } else {
        callers.joinByDialplan(MEMBERS);
      }
      Eventually.passes(() -> assertThat(program.participants()).hasSize(MEMBERS));

      program.muteAll(true);

      assertThat(callers.muted()).isEqualTo(MEMBERS);
      assertThat(program.participants())
          .hasSize(MEMBERS)
          .allMatch(Program.Participant::muted)
          .extracting(Program.Participant::number)
          .contains("1001", "1100")
          .doesNotHaveDuplicates();

      program.muteAll(false);

      assertThat(callers.muted()).isZero();
      assertThat(program.participants()).noneMatch(Program.Participant::muted);
    }
  }
}
