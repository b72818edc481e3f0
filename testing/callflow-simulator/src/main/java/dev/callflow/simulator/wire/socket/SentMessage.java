package dev.callflow.simulator.wire.socket;

/**
 * The outcome of a {@code sendmsg}. FreeSWITCH replies before the channel acts, since the action
 * may end the connection.
 *
 * @param reply the reply
 * @param action the action on the channel
 */
record SentMessage(String reply, Runnable action) {}
