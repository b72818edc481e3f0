package dev.callflow.simulator.wire.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The expected results are those of switch_ivr_originate in FreeSWITCH 1.11. */
class DialStringTests {

  private static DialString read(String text) {
    return DialString.of(text, Map.of());
  }

  /** Returns the targets of all legs, grouped by branch and alternative. */
  private static List<List<List<String>>> targets(String text) {
    return read(text).branches().stream()
        .map(branch ->
            branch.alternatives().stream()
                .map(legs -> legs.stream().map(DialString.Leg::target).toList())
                .toList())
        .toList();
  }

  private static DialString.Leg only(String text) {
    return read(text).branches().getFirst().alternatives().getFirst().getFirst();
  }

  @Test
  void aLegIsAnEndpointAndADestination() {
    assertThat(only("{a=1}sofia/internal/sip:bob@example.com").endpoint()).isEqualTo("sofia");
    assertThat(only("{a=1}sofia/internal/sip:bob@example.com").destination())
        .isEqualTo("internal/sip:bob@example.com");
    assertThat(only("loopback").target()).isEqualTo("loopback/service");
  }

  @Test
  void alternativesAndLegsAreSeparated() {
    assertThat(targets("sofia/a,sofia/b|sofia/c"))
        .containsExactly(List.of(List.of("sofia/a", "sofia/b"), List.of("sofia/c")));
  }

  @Test
  void branchesAreSeparatedEvenInsideBlocksAndQuotes() {
    assertThat(targets("{name='x:_:loopback/900/default',n=1}sofia/a"))
        .containsExactly(
            List.of(
                List.of("loopback/900/default,n=1}sofia/a".split(",")[0] + "'", "n=1}sofia/a")));
  }

  @Test
  void anUnclosedBlockDoesNotPreventDiallingOtherBranches() {
    assertThat(targets("{a=1:_:loopback/900/default"))
        .containsExactly(List.of(List.of("loopback/900/default")));
  }

  @Test
  void aMalformedDialStringDialsNoParty() {
    assertThat(targets("{a=1")).isEmpty();
    assertThat(targets("{a=1}")).isEmpty();
    assertThat(targets("")).isEmpty();
  }

  @Test
  void severalBlocksFollowEachOther() {
    assertThat(only("<x=1>{a=1}{b=2}[c=3][d=4]sofia/a").variables())
        .isEqualTo(Map.of("x", "1", "a", "1", "b", "2", "c", "3", "d", "4"));
  }

  @Test
  void commasInALegsOwnBlockDoNotSeparateLegs() {
    assertThat(targets("[a=1,b=2]sofia/a,sofia/b"))
        .containsExactly(List.of(List.of("sofia/a", "sofia/b")));
    assertThat(only("[a=1,b=2]sofia/a,sofia/b").variables()).isEqualTo(Map.of("a", "1", "b", "2"));
    assertThat(only("[^^;a=1,2;b=3]sofia/a").variables()).isEqualTo(Map.of("a", "1,2", "b", "3"));
  }

  @Test
  void aSharedVariableWinsOverALegsOwnUnlessLocalVarClobberIsSet() {
    assertThat(only("{a=1}[a=2]sofia/a").variables()).containsEntry("a", "1");
    assertThat(only("{local_var_clobber=true,a=1}[a=2]sofia/a").variables())
        .containsEntry("a", "2");
  }

  @Test
  void theChannelGetsTheLastValueOfARepeatedVariableAndDiallingTheFirst() {
    DialString.Leg leg = only("{origination_uuid=one,origination_uuid=two}sofia/a");

    assertThat(leg.variables()).containsEntry("origination_uuid", "two");
    assertThat(leg.option("Origination_UUID")).contains("one");
  }

  @Test
  void aValueWithAReferenceIsLeftOutUnlessNestedVariablesAreAllowed() {
    assertThat(only("{a=${system id},b=2}sofia/a").variables()).isEqualTo(Map.of("b", "2"));
    assertThat(only("{origination_nested_vars=true,a=$\\{x}}sofia/a").variables()).containsKey("a");
  }

  @Test
  void inheritedVariablesComeFirst() {
    assertThat(
            DialString.of("{b=2}sofia/a", Map.of("b", "1", "c", "3"))
                .branches()
                .getFirst()
                .alternatives()
                .getFirst()
                .getFirst()
                .variables())
        .isEqualTo(Map.of("b", "2", "c", "3"));
  }
}
