/** What event sockets run over: real sockets, or connections in memory and in virtual time. */
@NullMarked
package dev.callflow.testkit.network;

import org.jspecify.annotations.NullMarked;
