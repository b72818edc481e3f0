/** What all commands have in common: errors, settings from files and the environment. */
@NullMarked
package dev.callflow.examples.command;

import org.jspecify.annotations.NullMarked;
