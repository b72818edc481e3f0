/** The command {@code ./callflow user}. */
@NullMarked
package dev.callflow.cli.user;

import org.jspecify.annotations.NullMarked;
