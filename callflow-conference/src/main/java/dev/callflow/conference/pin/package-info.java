/** How often PINs may be tried, by one caller and at one room. */
@NullMarked
package dev.callflow.conference.pin;

import org.jspecify.annotations.NullMarked;
