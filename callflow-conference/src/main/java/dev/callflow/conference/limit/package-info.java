/** How rooms and their recordings count against the limits of their account. */
@NullMarked
package dev.callflow.conference.limit;

import org.jspecify.annotations.NullMarked;
