/** The command line. */
@NullMarked
package dev.callflow.examples;

import org.jspecify.annotations.NullMarked;
