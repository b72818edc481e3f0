/** The {@code api} commands, most of them subcommands of {@code conference}. */
@NullMarked
package dev.callflow.simulator.wire.command;

import org.jspecify.annotations.NullMarked;
