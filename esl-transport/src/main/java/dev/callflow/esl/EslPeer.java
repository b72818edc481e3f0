package dev.callflow.esl;

/**
 * The identity of a running FreeSWITCH.
 *
 * @param coreUuid the id of its process, which is different after each start
 * @param version its version, for instance {@code FreeSWITCH Version 1.10.12-release~64bit}
 * @param hostname its host name
 */
public record EslPeer(String coreUuid, String version, String hostname) {}
