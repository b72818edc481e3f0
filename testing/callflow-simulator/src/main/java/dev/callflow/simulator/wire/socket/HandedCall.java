package dev.callflow.simulator.wire.socket;

import dev.callflow.simulator.wire.call.SocketMode;

/**
 * A call that was handed to an application.
 *
 * @param uuid its channel
 * @param execution the {@code socket} application by which it was
 * @param mode how it was
 */
record HandedCall(String uuid, String execution, SocketMode mode) {}
