package dev.callflow.testkit.model;

/**
 * An application to be executed.
 *
 * <p>Executions nest as in FreeSWITCH: one that comes while none of the running ones is locked
 * starts at once, inside them, and what plays there waits; one that comes while a locked one runs
 * waits for its end.
 *
 * @param id chosen by who executes (FreeSWITCH: Application-UUID)
 * @param name the application's name as it was given
 * @param data its argument as it was given
 * @param what what it means
 * @param locked whether nothing else may start before it has ended (FreeSWITCH: event-lock)
 */
public record Execution(String id, String name, String data, Application what, boolean locked) {}
