/** The API of the seed documents: a request in, an answer out, whatever carries them. */
@NullMarked
package dev.callflow.api;

import org.jspecify.annotations.NullMarked;
