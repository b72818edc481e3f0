/** A journal of live sessions, and its replay in virtual time. */
@NullMarked
package dev.callflow.testkit.journal;

import org.jspecify.annotations.NullMarked;
