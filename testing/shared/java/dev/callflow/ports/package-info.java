/** Ports for servers that tests start. */
@NullMarked
package dev.callflow.ports;

import org.jspecify.annotations.NullMarked;
