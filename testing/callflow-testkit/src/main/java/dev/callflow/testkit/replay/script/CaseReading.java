package dev.callflow.testkit.replay.script;

import dev.callflow.core.document.Problem;
import java.util.List;
import java.util.Optional;

/**
 * The result of reading a case.
 *
 * @param script the case; empty if the text is not a JSON object. Ignore it if there are problems.
 * @param problems the problems, in the order of the file
 */
public record CaseReading(Optional<CaseScript> script, List<Problem> problems) {}
