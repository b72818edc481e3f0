/** Who has changed what, and with which result. */
@NullMarked
package dev.callflow.api.audit;

import org.jspecify.annotations.NullMarked;
