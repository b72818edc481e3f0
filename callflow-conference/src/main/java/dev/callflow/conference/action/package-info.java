/** Actions that operators perform on conferences, and their results. */
@NullMarked
package dev.callflow.conference.action;

import org.jspecify.annotations.NullMarked;
