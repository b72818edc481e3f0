/** The command line. */
@NullMarked
package dev.callflow.cli;

import org.jspecify.annotations.NullMarked;
