/** The answers that resources give, before they are written as replies. */
@NullMarked
package dev.callflow.api.answer;

import org.jspecify.annotations.NullMarked;
