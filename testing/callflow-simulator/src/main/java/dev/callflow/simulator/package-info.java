/** An in-memory switch with channels that execute applications, and with conference rooms. */
@NullMarked
package dev.callflow.simulator;

import org.jspecify.annotations.NullMarked;
