/** Access lists: the addresses from which a server accepts connections. */
@NullMarked
package dev.callflow.esl.access;

import org.jspecify.annotations.NullMarked;
