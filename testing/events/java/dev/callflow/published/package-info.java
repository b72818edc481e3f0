/** Events, for tests of several modules. */
@NullMarked
package dev.callflow.published;

import org.jspecify.annotations.NullMarked;
