package dev.callflow.simulator.wire.socket;

import dev.callflow.simulator.wire.call.SocketMode;

/**
 * A call that was handed over to an application.
 *
 * @param uuid the UUID of the call's channel
 * @param execution the ID of the {@code socket} execution that handed it over
 * @param mode the mode in which it was handed over
 */
record HandedCall(String uuid, String execution, SocketMode mode) {}
