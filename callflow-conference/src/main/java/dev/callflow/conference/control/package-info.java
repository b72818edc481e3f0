/** Carries out the actions of operators, and dials out. */
@NullMarked
package dev.callflow.conference.control;

import org.jspecify.annotations.NullMarked;
