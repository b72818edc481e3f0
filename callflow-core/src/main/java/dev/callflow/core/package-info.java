/** The engine that runs callflows, its interpreter, and the interface that modules implement. */
@NullMarked
package dev.callflow.core;

import org.jspecify.annotations.NullMarked;
