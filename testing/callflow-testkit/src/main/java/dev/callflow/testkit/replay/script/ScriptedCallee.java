package dev.callflow.testkit.replay.script;

import dev.callflow.simulator.model.FarEnd;
import java.util.List;

/**
 * The behaviour of a dialled endpoint.
 *
 * @param endpoint the name of the endpoint
 * @param farEnd whether and when the endpoint answers
 * @param does the steps of the dialled party
 */
public record ScriptedCallee(String endpoint, FarEnd farEnd, List<ScriptStep> does) {}
