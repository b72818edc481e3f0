/** The settings and results that are stored in variables of the mixer's room. */
@NullMarked
package dev.callflow.conference.kept;

import org.jspecify.annotations.NullMarked;
