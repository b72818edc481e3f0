/** In which order, and on which threads, the tasks and effects of rooms run. */
@NullMarked
package dev.callflow.conference.sequence;

import org.jspecify.annotations.NullMarked;
