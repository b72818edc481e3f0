/** Carries out what operators ask of conferences, and dials out. */
@NullMarked
package dev.callflow.conference.control;

import org.jspecify.annotations.NullMarked;
