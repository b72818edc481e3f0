/** The port through which the API sends invitations. */
@NullMarked
package dev.callflow.api.mail;

import org.jspecify.annotations.NullMarked;
