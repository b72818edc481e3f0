package dev.callflow.simulator.wire.socket;

/**
 * What becomes of a {@code sendmsg}: FreeSWITCH answers before the channel does anything, and what
 * it does may end the connection.
 *
 * @param reply the answer
 * @param action what the channel does
 */
record SentMessage(String reply, Runnable action) {}
