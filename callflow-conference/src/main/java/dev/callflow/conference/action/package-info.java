/** What operators do to conferences, and its results. */
@NullMarked
package dev.callflow.conference.action;

import org.jspecify.annotations.NullMarked;
