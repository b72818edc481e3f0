/** Meters and observations of conferences, for applications that use Micrometer. */
@NullMarked
package dev.callflow.conference.micrometer;

import org.jspecify.annotations.NullMarked;
