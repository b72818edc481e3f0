/** The built-in modules, one file each. */
@NullMarked
package dev.callflow.core.module;

import org.jspecify.annotations.NullMarked;
