/** What a request is answered, before it is written. */
@NullMarked
package dev.callflow.api.answer;

import org.jspecify.annotations.NullMarked;
