/** Event-socket clients and servers in virtual time, over connections in memory. */
@NullMarked
package dev.callflow.testkit.network;

import org.jspecify.annotations.NullMarked;
