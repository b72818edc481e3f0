/** The contents of documents: the conference, the callflow element, tones, PINs and keys. */
@NullMarked
package dev.callflow.conference.document;

import org.jspecify.annotations.NullMarked;
