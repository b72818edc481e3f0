/** What event sockets run over: real sockets, or connections in memory and in virtual time. */
@NullMarked
package dev.callflow.simulator.network;

import org.jspecify.annotations.NullMarked;
