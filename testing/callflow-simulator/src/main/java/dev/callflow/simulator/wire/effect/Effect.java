package dev.callflow.simulator.wire.effect;

import dev.callflow.simulator.wire.SimulatedFreeSwitch;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An effect of a command, or of text embedded in one, on the simulated FreeSWITCH. Tests use the
 * effects to detect successful injections.
 *
 * @see SimulatedFreeSwitch#effects
 */
public sealed interface Effect {

  /** The place where an executed command was found. */
  enum Source {
    /** A reference, <code>${…}</code>, in an argument or a variable. */
    SUBSTITUTION,
    /** A variable that FreeSWITCH executes automatically, such as {@code api_on_originate}. */
    HOOK,
    /** An application that runs commands, such as {@code system}. */
    APPLICATION,
    /** An api command that runs a program, such as {@code system}, and was sent by a client. */
    CLIENT
  }

  /**
   * A leg of a dial string was dialled by {@code originate}, {@code bridge} or a room. This is
   * recorded even if the party could not be reached.
   *
   * @param channel the leg's UUID
   * @param target the target in the dial string, such as {@code loopback/900/default}
   * @param variables the leg's variables
   */
  record Dialled(String channel, String target, Map<String, String> variables) implements Effect {

    /** Copies the variables, keeping their order. */
    public Dialled {
      variables = Collections.unmodifiableMap(new LinkedHashMap<>(variables));
    }
  }

  /**
   * A variable was set on a channel by an application, an api command or a dial string, or by the
   * block ({@code %[a=b]}) before an application's argument, which sets it only while that
   * application runs.
   *
   * @param channel the channel's UUID
   * @param name the variable's name
   * @param value the variable's value; empty if it was unset
   */
  record VariableSet(String channel, String name, String value) implements Effect {}

  /**
   * A command was run that no client had sent as a command, or a client's command ran a program.
   *
   * @param channel the channel's UUID; empty if the command belongs to no channel
   * @param source the place where the command was found
   * @param command the api command or application with its argument, such as {@code system id}
   */
  record CommandRun(String channel, Source source, String command) implements Effect {}
}
