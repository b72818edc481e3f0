/** Limits how often PINs can be tried from one caller number and for one room. */
@NullMarked
package dev.callflow.conference.pin;

import org.jspecify.annotations.NullMarked;
