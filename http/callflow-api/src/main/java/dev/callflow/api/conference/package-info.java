/**
 * Running conferences: live state, participants, actions and invitations
 * (docs/spec/api.md#conference-actions).
 */
@NullMarked
package dev.callflow.api.conference;

import org.jspecify.annotations.NullMarked;
