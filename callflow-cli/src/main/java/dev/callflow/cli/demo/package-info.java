/** The demo: scripted calls, or the console with conferences in motion. */
@NullMarked
package dev.callflow.cli.demo;

import org.jspecify.annotations.NullMarked;
