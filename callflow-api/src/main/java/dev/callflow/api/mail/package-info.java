/** Invitations to conferences by mail (spec 6.7). */
@NullMarked
package dev.callflow.api.mail;

import org.jspecify.annotations.NullMarked;
