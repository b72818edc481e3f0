/** Runs callflows: the engine, its interpreter, and what a module is. */
@NullMarked
package dev.callflow.core;

import org.jspecify.annotations.NullMarked;
