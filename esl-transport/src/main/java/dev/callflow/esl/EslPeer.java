package dev.callflow.esl;

/**
 * What a server says of itself.
 *
 * @param coreUuid changes each time the server's process starts
 * @param version for instance {@code FreeSWITCH Version 1.10.12-release~64bit}
 * @param hostname its name
 */
public record EslPeer(String coreUuid, String version, String hostname) {}
