/** What the documents say: the conference, the callflow element, tones, PINs, keys. */
@NullMarked
package dev.callflow.conference.document;

import org.jspecify.annotations.NullMarked;
