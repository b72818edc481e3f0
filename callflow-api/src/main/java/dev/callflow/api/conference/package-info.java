/**
 * Conferences while they run: live data, participants, actions
 * (docs/spec/api.md#conference-actions).
 */
@NullMarked
package dev.callflow.api.conference;

import org.jspecify.annotations.NullMarked;
