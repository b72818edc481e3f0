/** The conference element and its public entry points: admission, rooms and control. */
@NullMarked
package dev.callflow.conference;

import org.jspecify.annotations.NullMarked;
