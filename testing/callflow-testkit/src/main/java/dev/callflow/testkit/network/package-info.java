/** Runs event-socket clients and servers in virtual time over in-memory connections. */
@NullMarked
package dev.callflow.testkit.network;

import org.jspecify.annotations.NullMarked;
