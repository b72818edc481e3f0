/** The accounts themselves. */
@NullMarked
package dev.callflow.api.account;

import org.jspecify.annotations.NullMarked;
