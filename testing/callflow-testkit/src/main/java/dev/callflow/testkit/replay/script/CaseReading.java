package dev.callflow.testkit.replay.script;

import dev.callflow.core.document.Problem;
import java.util.List;
import java.util.Optional;

/**
 * What came of reading a case.
 *
 * @param script the case; empty if the text is no JSON object, to be ignored if there are problems
 * @param problems what is wrong, in the order of the file
 */
public record CaseReading(Optional<CaseScript> script, List<Problem> problems) {}
