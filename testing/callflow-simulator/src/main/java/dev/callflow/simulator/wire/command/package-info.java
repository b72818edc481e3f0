/** The {@code api} commands, those of {@code conference} above all. */
@NullMarked
package dev.callflow.simulator.wire.command;

import org.jspecify.annotations.NullMarked;
