/** The built-in modules, each in its own file. */
@NullMarked
package dev.callflow.core.module;

import org.jspecify.annotations.NullMarked;
