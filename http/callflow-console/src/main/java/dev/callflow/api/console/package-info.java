/** The console, a page on which an operator sees and controls conferences. */
@NullMarked
package dev.callflow.api.console;

import org.jspecify.annotations.NullMarked;
