package dev.callflow.engine.attack;

import dev.callflow.conference.Conferences;
import dev.callflow.conference.kazoo.ControlReply;
import dev.callflow.conference.kazoo.ControlRequest;
import dev.callflow.conference.mixer.RoomId;
import dev.callflow.core.CallflowEngine;
import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.DocumentType;
import dev.callflow.core.document.Json;
import dev.callflow.core.store.MemoryStore;
import dev.callflow.core.time.TimeSource;
import dev.callflow.engine.wire.PatientOptions;
import dev.callflow.freeswitch.FreeSwitch;
import dev.callflow.freeswitch.FreeSwitchOptions;
import dev.callflow.simulator.time.ScaledTime;
import dev.callflow.simulator.wire.SimulatedFreeSwitch;
import dev.callflow.simulator.wire.effect.Effect;
import dev.callflow.waiting.Eventually;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A host with one account, on a simulated FreeSWITCH or on a real one on this machine, and a
 * witness of the attacks.
 */
final class AttackedHost implements AutoCloseable {

  static final AccountId ACME = new AccountId("acme");
  static final String RED = "red";

  /** How many times faster than real time a host on a simulated FreeSWITCH runs. */
  private static final int SPEED = 20;

  /** A number whose calls both the simulated and the real FreeSWITCH hand over to the host. */
  private static final String NUMBER = "3000";

  private final @Nullable SimulatedFreeSwitch simulated;
  private final FreeSwitch freeSwitch;
  private final Conferences conferences;
  private final MemoryStore store = new MemoryStore();
  private final Witness witness;

  private AttackedHost(
      @Nullable SimulatedFreeSwitch simulated,
      FreeSwitchOptions options,
      String password,
      TimeSource time,
      Path file) {
    this.simulated = simulated;
    store
        .system(Json.readObject("{\"limits\":{\"dialled_legs\":10000,\"dials_per_minute\":10000}}"))
        .account(ACME, Json.readObject("{\"realm\":\"127.0.0.1\"}"))
        .put(
            ACME,
            DocumentType.CONFERENCE,
            RED,
            Json.readObject(
                "{\"name\":\"Red\",\"member\":{\"join_muted\":false},"
                    + "\"play_entry_tone\":false,\"play_exit_tone\":false}"));
    freeSwitch = new FreeSwitch(options, time);
    conferences = Conferences.builder(store, freeSwitch.mixer(), time).build();
    freeSwitch.start(
        CallflowEngine.builder(store, time)
            .modules(conferences.modules())
            .defaultAccount(ACME)
            .build());
    if (simulated != null) {
      simulated.handCallsTo(freeSwitch.calls());
    }
    if (!freeSwitch.awaitConnected(Eventually.LIMIT)) {
      throw new IllegalStateException("found no event socket at " + options.control());
    }
    witness = new Witness(options.control(), password, file);
  }

  static AttackedHost onSimulated(Path file) throws IOException {
    InetSocketAddress any = new InetSocketAddress("127.0.0.1", 0);
    SimulatedFreeSwitch simulated =
        SimulatedFreeSwitch.builder().esl(any).mediaScale(0.001).start();
    return new AttackedHost(
        simulated,
        PatientOptions.of(simulated, "ClueCon")
            .controlTimeout(Eventually.LIMIT.multipliedBy(SPEED))
            .build(),
        "ClueCon",
        new ScaledTime(SPEED),
        file);
  }

  /**
   * @param where the event socket, as {@code host:port:password}
   * @param port the port to which the dialplan hands calls
   */
  static AttackedHost onReal(String where, int port, Path file) {
    String[] parts = where.split(":", 3);
    FreeSwitchOptions options =
        FreeSwitchOptions.builder(
                new InetSocketAddress("127.0.0.1", port),
                new InetSocketAddress(parts[0], Integer.parseInt(parts[1])),
                parts[2])
            .dialContext("default")
            .build();
    return new AttackedHost(null, options, parts[2], TimeSource.system(), file);
  }

  Witness witness() {
    return witness;
  }

  /** Returns the markers that executed payloads have left; empty if there are none. */
  List<String> markers() {
    List<String> all = new ArrayList<>(witness.markers());
    if (simulated != null) {
      simulated.effects().stream().filter(AttackedHost::isMarker).forEach(it -> all.add("" + it));
      simulated.forgetEffects();
    }
    return all;
  }

  /**
   * Any command that was run counts as a marker, because the host itself never puts commands into
   * arguments or variables.
   */
  private static boolean isMarker(Effect effect) {
    return switch (effect) {
      case Effect.Dialled(var channel, String target, var variables) ->
          target.contains(Payload.NUMBER) || variables.containsKey(Payload.VARIABLE);
      case Effect.VariableSet(var channel, String name, var value) -> name.equals(Payload.VARIABLE);
      case Effect.CommandRun run -> true;
    };
  }

  /** Sends a control request, as the REST API does. */
  ControlReply control(String conference, String participant, String action, ObjectNode data) {
    ControlRequest.Target target =
        switch (participant) {
          case "" -> new ControlRequest.Target.Conference();
          case "*" -> new ControlRequest.Target.Participants();
          default -> new ControlRequest.Target.Participant(participant);
        };
    return conferences.control(
        new ControlRequest(new RoomId(ACME, conference), target, action, data));
  }

  /** Puts a caller into the red conference, where they stay. */
  void joinACaller() throws InterruptedException {
    witness.forget();
    ObjectNode flow =
        Json.readObject(
            "{\"module\":\"conference\",\"data\":{\"id\":\"red\",\"welcome_prompt\":{\"play\":false}}}");
    if (!witness.awaitJoinedOrEnded(place("1001", "Alice", flow))) {
      throw new IllegalStateException("the caller did not join the conference");
    }
  }

  /** Places a call that runs a callflow to its end, or until the caller is in a conference. */
  void call(String number, String name, ObjectNode flow) throws InterruptedException {
    witness.forget();
    String uuid = place(number, name, flow);
    if (witness.awaitJoinedOrEnded(uuid)) {
      witness.api("hupall", "NORMAL_CLEARING");
      witness.awaitEnded(uuid);
    }
  }

  private String place(String number, String name, ObjectNode flow) {
    ObjectNode body = Json.object();
    body.putArray("numbers").add(NUMBER);
    body.set("flow", flow);
    store.put(ACME, DocumentType.CALLFLOW, "flow", body);
    if (simulated != null) {
      return simulated.call(number, name, NUMBER).uuid();
    }
    String uuid = UUID.randomUUID().toString();
    witness.begin(
        "originate",
        "{origination_uuid="
            + uuid
            + ",origination_caller_id_number=1001}loopback/"
            + NUMBER
            + "/default &park");
    return uuid;
  }

  /** Returns whether callers can have any number and name; on a real FreeSWITCH, they cannot. */
  boolean callersAreFree() {
    return simulated != null;
  }

  @Override
  public void close() {
    witness.api("hupall", "NORMAL_CLEARING");
    witness.close();
    freeSwitch.close();
    if (simulated != null) {
      simulated.close();
    }
  }
}
