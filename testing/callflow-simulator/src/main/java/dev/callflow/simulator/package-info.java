/** An in-memory switch that has conference rooms and channels that execute applications. */
@NullMarked
package dev.callflow.simulator;

import org.jspecify.annotations.NullMarked;
