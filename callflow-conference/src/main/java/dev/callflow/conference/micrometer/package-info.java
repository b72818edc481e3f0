/** Meters and observations of conferences, for applications that have Micrometer. */
@NullMarked
package dev.callflow.conference.micrometer;

import org.jspecify.annotations.NullMarked;
