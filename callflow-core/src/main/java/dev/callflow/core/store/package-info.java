/** Document stores: in memory, and in a folder of files. */
@NullMarked
package dev.callflow.core.store;

import org.jspecify.annotations.NullMarked;
