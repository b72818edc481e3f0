/** The conference element: admission, rooms, control. */
@NullMarked
package dev.callflow.conference;

import org.jspecify.annotations.NullMarked;
