package dev.callflow.conference.action;

/**
 * The result of one endpoint of a dial.
 *
 * @param endpoint the endpoint as named in the request; for a device of a user, the device's id
 * @param callId the leg; empty if no call was placed
 * @param jobId the id of the attempt; empty if no call was placed
 * @param joined whether the leg has joined the conference
 * @param message for a success, a text with the call id; otherwise why the leg has not joined: a
 *     hangup cause ({@code USER_BUSY}), {@code timeout}, {@code full}, {@code cancelled}, or what
 *     is wrong with the endpoint
 */
public record DialledEndpoint(
    String endpoint, String callId, String jobId, boolean joined, String message) {}
