/** Invitations to conferences by email (docs/spec/api.md#invitations). */
@NullMarked
package dev.callflow.api.mail;

import org.jspecify.annotations.NullMarked;
