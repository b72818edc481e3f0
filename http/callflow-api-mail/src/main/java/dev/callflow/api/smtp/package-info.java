/** Invitations as emails, which a mail server delivers. */
@NullMarked
package dev.callflow.api.smtp;

import org.jspecify.annotations.NullMarked;
