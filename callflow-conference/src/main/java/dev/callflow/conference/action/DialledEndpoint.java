package dev.callflow.conference.action;

/**
 * The result of one leg of a dial.
 *
 * @param endpoint the endpoint, as it stands in the request; of a user's device the device's id
 * @param callId the leg; empty if none was placed
 * @param jobId names the attempt; empty if none was made
 * @param joined whether it is in the conference
 * @param message of a success that it is; else why not: a hangup cause ({@code USER_BUSY}), {@code
 *     timeout}, {@code full}, {@code cancelled}, or what is wrong with the endpoint
 */
public record DialledEndpoint(
    String endpoint, String callId, String jobId, boolean joined, String message) {}
