package dev.callflow.testkit.replay.script;

import dev.callflow.simulator.model.FarEnd;
import java.util.List;

/**
 * How a dialled endpoint behaves.
 *
 * @param endpoint its name
 * @param farEnd whether and when it answers
 * @param does what the dialled party does
 */
public record ScriptedCallee(String endpoint, FarEnd farEnd, List<ScriptStep> does) {}
