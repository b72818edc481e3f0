/** The engine that runs callflows, its interpreter, and the interface of modules. */
@NullMarked
package dev.callflow.core;

import org.jspecify.annotations.NullMarked;
