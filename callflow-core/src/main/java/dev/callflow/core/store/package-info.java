/** Document stores in memory and in a folder. */
@NullMarked
package dev.callflow.core.store;

import org.jspecify.annotations.NullMarked;
