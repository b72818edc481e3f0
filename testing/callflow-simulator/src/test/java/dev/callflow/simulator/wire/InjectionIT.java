package dev.callflow.simulator.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.simulator.model.FarEnd;
import dev.callflow.simulator.model.MemberState;
import dev.callflow.simulator.wire.effect.Effect;
import dev.callflow.waiting.Eventually;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Shows how values can break out of an argument that merely puts them in quotes. Each of these
 * attacks works on FreeSWITCH 1.11 as well.
 */
@Timeout(300)
class InjectionIT {

  private static final String BOB = "sofia/internal/sip:bob@example.com";
  private SimulatedFreeSwitch freeSwitch;
  private RawClient client;

  @BeforeEach
  void start() throws Exception {
    freeSwitch =
        SimulatedFreeSwitch.builder()
            .extension("500", "conference meet")
            .extension("900555", "answer", "park")
            .start();
    freeSwitch.callee("sip:bob@example.com", new FarEnd.Answers(Duration.ZERO));
    client = RawClient.of(freeSwitch);
  }

  @AfterEach
  void stop() throws Exception {
    client.close();
    freeSwitch.close();
  }

  /**
   * Runs an {@code originate} command that merely puts its values in quotes, and returns the
   * answer.
   */
  private String originate(String name, String value, String target) throws Exception {
    return client.api(
        "originate {origination_uuid='f00d',origination_caller_id_name='"
            + name
            + "',origination_caller_id_number='5551212',originate_timeout='20',cav_y='"
            + value
            + "'}"
            + target
            + " '&park()'");
  }

  private <T extends Effect> List<T> effects(Class<T> kind) {
    return freeSwitch.effects().stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  private List<String> targets() {
    return effects(Effect.Dialled.class).stream().map(Effect.Dialled::target).toList();
  }

  private List<String> commands() {
    return effects(Effect.CommandRun.class).stream().map(Effect.CommandRun::command).toList();
  }

  private SimulatedCaller parked() {
    SimulatedCaller alice = freeSwitch.call("1001", "Alice", "park");
    freeSwitch.forgetEffects();
    return alice;
  }

  private void execute(SimulatedCaller caller, String application, String argument)
      throws Exception {
    client.ask(
        "sendmsg "
            + caller.uuid()
            + "\ncall-command: execute\nexecute-app-name: "
            + application
            + "\nexecute-app-arg: "
            + argument);
    freeSwitch.awaitQuiet(client.sent(), Eventually.LIMIT);
  }

  // ---- dial strings

  @Test
  void aCommaInAQuotedValueStartsAnotherVariable() throws Exception {
    assertThat(originate("Board", "1,api_on_originate=system id", BOB)).isEqualTo("+OK f00d\n");

    assertThat(effects(Effect.CommandRun.class))
        .containsExactly(new Effect.CommandRun("f00d", Effect.Source.HOOK, "system id"));
    assertThat(freeSwitch.model().channel("f00d").orElseThrow().variable("cav_y")).contains("1");
  }

  @Test
  void hooksOfAllKindsAreRun() throws Exception {
    originate("Board", "1,api_on_answer=system a,execute_on_answer=system b", BOB);
    assertThat(commands()).contains("system a", "system b");

    originate("Board", "1,api_hangup_hook=system c", BOB);
    client.api("hupall");
    assertThat(commands()).contains("system c");
  }

  @Test
  void aBranchIsDialledEvenInsideQuotes() throws Exception {
    assertThat(originate("x:_:loopback/900555/default", "1", BOB)).startsWith("+OK ");

    assertThat(targets()).containsExactly("loopback/900555/default");
  }

  @Test
  void aRoomDialsABranchHiddenInACallerName() {
    assertThat(
            freeSwitch.api(
                "conference meet dial {origination_caller_id_name='x:_:loopback/900555/default',"
                    + "b=1}"
                    + BOB))
        .isEqualTo("+OK Call Requested: result: [SUCCESS]\n");

    assertThat(targets()).containsExactly("loopback/900555/default");
    assertThat(freeSwitch.rooms().getFirst().size()).isEqualTo(1);
  }

  @Test
  void aTargetWithACommaDialsTwoParties() throws Exception {
    originate("Board", "1", BOB + ";x=1,loopback/900555/default");

    assertThat(targets()).containsExactly(BOB + ";x=1", "loopback/900555/default");
  }

  @Test
  void aQuoteEndsTheDialStringAndRunsAnotherApplication() throws Exception {
    originate("Board", "1'}" + BOB + " &system(id) '", BOB);

    assertThat(effects(Effect.CommandRun.class))
        .containsExactly(new Effect.CommandRun("f00d", Effect.Source.APPLICATION, "system id"));
  }

  @Test
  void aLoopbackLegMayBeAnApplicationOrAnInlineDialplan() throws Exception {
    originate("Board", "1", "'loopback/app=system:id'");
    originate("Board", "1", "'loopback/system:whoami/default/inline'");

    assertThat(commands()).containsExactly("system id", "system whoami");
  }

  @Test
  void aSeparatorThatOccursInNoValueProtectsCommas() throws Exception {
    client.api(
        "originate '{^^~origination_uuid=f00d~cav_y=1,api_on_originate=system id}"
            + BOB
            + "' &park()");

    assertThat(commands()).isEmpty();
    assertThat(freeSwitch.model().channel("f00d").orElseThrow().variable("cav_y"))
        .contains("1,api_on_originate=system id");
  }

  @Test
  void evenWithAnotherSeparatorABraceEndsTheBlock() throws Exception {
    client.api(
        "originate '{^^~origination_uuid=f00d~cav_y=1}loopback/900555/default,}"
            + BOB
            + "' '&park()'");

    assertThat(targets()).containsExactly("loopback/900555/default");
  }

  @Test
  void aValueWithAReferenceIsLeftOutUnlessTheDialStringAllowsIt() throws Exception {
    originate("Board", "${system id}", BOB);
    assertThat(effects(Effect.VariableSet.class))
        .extracting(Effect.VariableSet::name)
        .doesNotContain("cav_y");

    originate("Board", "1,origination_nested_vars=true,api_on_answer=eval ${system id}", BOB);
    assertThat(commands()).contains("system id");
  }

  @Test
  void aBridgeParsesItsDialStringOnlyOnce() throws Exception {
    SimulatedCaller alice = parked();
    execute(alice, "bridge", "{cav_y='1,api_on_originate=system id'}" + BOB);
    assertThat(commands()).isEmpty();

    execute(alice, "bridge", "{cav_y='x:_:loopback/900555/default,y'}" + BOB);
    assertThat(targets()).containsExactly(BOB, "loopback/900555/default");
  }

  // ---- arguments of applications

  @Test
  void aReferenceInAnArgumentIsSubstituted() throws Exception {
    SimulatedCaller alice = parked();
    execute(alice, "playback", "${system id}");
    execute(alice, "set", "y=\\${system whoami}");

    assertThat(effects(Effect.CommandRun.class))
        .containsExactly(
            new Effect.CommandRun(alice.uuid(), Effect.Source.SUBSTITUTION, "system id"),
            new Effect.CommandRun(alice.uuid(), Effect.Source.SUBSTITUTION, "system whoami"));
  }

  @Test
  void aFileNameMayStartWithVariablesForItsApplication() throws Exception {
    SimulatedCaller alice = parked();
    execute(alice, "playback", "%[marker=1]{timeout=5}/etc/passwd");

    assertThat(alice.awaitHeard("/etc/passwd", 1, Eventually.LIMIT)).isTrue();
    assertThat(freeSwitch.effects())
        .containsExactly(new Effect.VariableSet(alice.uuid(), "marker", "1"));
  }

  @Test
  void aSeparatorInAMultisetValueSetsAnotherVariable() throws Exception {
    SimulatedCaller alice = parked();
    execute(alice, "multiset", "^^;name=x;api_hangup_hook=system id;z=1");
    alice.hangUp();

    assertThat(commands()).containsExactly("system id");
  }

  @Test
  void aRoomNameMayAddFlagsOrDialAParty() throws Exception {
    SimulatedCaller alice = parked();
    execute(alice, "conference", "x+flags{moderator}@default+flags{mute}");
    MemberState member = freeSwitch.model().rooms().members("x").getFirst();
    assertThat(member.moderator()).isTrue();
    assertThat(member.muted()).isFalse();

    execute(parked(), "conference", "bridge:y:loopback/900555/default,x@default");
    assertThat(targets()).containsExactly("loopback/900555/default");
  }

  @Test
  void aTransferMayRunApplications() throws Exception {
    SimulatedCaller alice = parked();
    execute(alice, "transfer", "'set:marker=1,system:id' inline");
    assertThat(commands()).containsExactly("system id");

    SimulatedCaller bob = parked();
    client.api("uuid_transfer " + bob.uuid() + " 'system:whoami,park' inline");
    assertThat(commands()).containsExactly("system whoami");
  }

  // ---- arguments of api commands

  @Test
  void aBroadcastMayRunAnApplication() throws Exception {
    SimulatedCaller alice = parked();
    client.api("uuid_broadcast " + alice.uuid() + " system::id");

    assertThat(commands()).containsExactly("system id");
  }

  @Test
  void setvarRemovesTheQuotesOfAValue() throws Exception {
    SimulatedCaller alice = parked();
    client.api("uuid_setvar " + alice.uuid() + " a it's 'so'");
    client.api("uuid_setvar_multi " + alice.uuid() + " b=1;c='2;3'");

    assertThat(effects(Effect.VariableSet.class))
        .containsExactly(
            new Effect.VariableSet(alice.uuid(), "a", "its so'"),
            new Effect.VariableSet(alice.uuid(), "b", "1"),
            new Effect.VariableSet(alice.uuid(), "c", "2;3"));
  }

  @Test
  void aFilePlayedToOneMemberIsSubstitutedLikeAnArgument() throws Exception {
    SimulatedCaller alice = freeSwitch.call("1001", "Alice", "500");
    assertThat(alice.awaitJoined(Eventually.LIMIT)).isTrue();
    int member = freeSwitch.model().rooms().members("meet").getFirst().number();

    client.api("conference meet play ${system(id)} " + member);
    client.api("conference meet play ${system(whoami)}");

    assertThat(commands()).containsExactly("system id");
  }

  // ---- the event socket

  @Test
  void anEmptyLineInAValueStartsAnotherCommand() throws Exception {
    SimulatedCaller alice = parked();
    execute(alice, "set", "a=1\n\napi system id");

    assertThat(freeSwitch.effects())
        .containsExactly(
            new Effect.VariableSet(alice.uuid(), "a", "1"),
            new Effect.CommandRun("", Effect.Source.CLIENT, "system id"));
  }

  @Test
  void aLineFeedInAValueStartsAnotherHeader() throws Exception {
    SimulatedCaller alice = parked();
    client.ask(
        "sendmsg "
            + alice.uuid()
            + "\ncall-command: execute\nevent-uuid: x\nexecute-app-name: system"
            + "\nexecute-app-arg: id\nexecute-app-name: log\nexecute-app-arg: INFO x");
    freeSwitch.awaitQuiet(client.sent(), Eventually.LIMIT);

    assertThat(commands()).containsExactly("system id");
  }

  // ---- legitimate use of references

  @Test
  void aDialplanComputesATokenFromASecretKeptInTheSwitch() throws Exception {
    client.api("global_setvar callflow_secret=s3cret");
    SimulatedCaller alice = parked();
    execute(alice, "set", "callflow_token=${md5(${uuid}${callflow_secret})}");

    assertThat(alice.channel().orElseThrow().variable("callflow_token"))
        .contains(client.api("md5 " + alice.uuid() + "s3cret"));
  }
}
