/** The interfaces by which applications count and watch conferences. */
@NullMarked
package dev.callflow.conference.observe;

import org.jspecify.annotations.NullMarked;
