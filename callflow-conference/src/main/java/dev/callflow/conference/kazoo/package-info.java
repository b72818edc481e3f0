/** Control of conferences in Kazoo's words. */
@NullMarked
package dev.callflow.conference.kazoo;

import org.jspecify.annotations.NullMarked;
