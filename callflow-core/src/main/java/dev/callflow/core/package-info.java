/** Callflow documents, lookup, interpreter and the ports to a switch. */
@NullMarked
package dev.callflow.core;

import org.jspecify.annotations.NullMarked;
