package dev.callflow.conference.action;

/**
 * The result of dialling one endpoint.
 *
 * @param endpoint the endpoint as named in the request; if that is a user, the id of the user's
 *     device
 * @param callId the id of the leg; empty if no call was placed
 * @param jobId the id of the attempt; empty if no call was placed
 * @param joined whether the leg has joined the conference
 * @param message a message that contains the call id if the leg has joined; otherwise the reason
 *     why it has not: a hangup cause (for instance {@code USER_BUSY}), {@code timeout}, {@code
 *     full}, {@code cancelled}, or what is wrong with the endpoint
 */
public record DialledEndpoint(
    String endpoint, String callId, String jobId, boolean joined, String message) {}
