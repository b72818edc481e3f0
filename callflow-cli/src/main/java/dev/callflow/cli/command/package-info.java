/** What all commands have in common: errors, settings from files and the environment. */
@NullMarked
package dev.callflow.cli.command;

import org.jspecify.annotations.NullMarked;
