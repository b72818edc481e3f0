/** The tokens of accounts, as the API shows and changes them. */
@NullMarked
package dev.callflow.api.token;

import org.jspecify.annotations.NullMarked;
