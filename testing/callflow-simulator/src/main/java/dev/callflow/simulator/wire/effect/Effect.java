package dev.callflow.simulator.wire.effect;

import dev.callflow.simulator.wire.SimulatedFreeSwitch;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Something that a text has made the simulated FreeSWITCH do: what an attack leaves behind.
 *
 * @see SimulatedFreeSwitch#effects
 */
public sealed interface Effect {

  /** Where a command stood that was run. */
  enum Source {
    /** In an argument or a variable, as <code>${…}</code>. */
    SUBSTITUTION,
    /** In a variable that FreeSWITCH runs by itself, such as {@code api_on_originate}. */
    HOOK,
    /** In an application that runs commands, such as {@code system}. */
    APPLICATION,
    /** In what a client sent, as an api command that runs a program, such as {@code system}. */
    CLIENT
  }

  /**
   * A leg was dialled because a dial string said so: by {@code originate}, {@code bridge} or a
   * room. Recorded as well if it could not be reached.
   *
   * @param channel the leg's uuid
   * @param target whom the dial string calls, such as {@code loopback/900/default}
   * @param variables the leg's variables
   */
  record Dialled(String channel, String target, Map<String, String> variables) implements Effect {

    /** Copies the variables, in their order. */
    public Dialled {
      variables = Collections.unmodifiableMap(new LinkedHashMap<>(variables));
    }
  }

  /**
   * A variable was set on a channel: by an application, by an api command, by a dial string or for
   * the time that an application runs.
   *
   * @param channel the channel's uuid
   * @param name the variable's name
   * @param value its value; empty if it was unset
   */
  record VariableSet(String channel, String name, String value) implements Effect {}

  /**
   * A command was run that no client has asked for by itself, or a program that one has asked for.
   *
   * @param channel the channel's uuid; empty if none was concerned
   * @param source where the command stood
   * @param command the api command or application with its argument, such as {@code system id}
   */
  record CommandRun(String channel, Source source, String command) implements Effect {}
}
