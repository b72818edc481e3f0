/** Limits how often PINs may be tried by one caller number and at one room. */
@NullMarked
package dev.callflow.conference.pin;

import org.jspecify.annotations.NullMarked;
