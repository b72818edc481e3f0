/** Pages that a server of the API serves to browsers, from memory. */
@NullMarked
package dev.callflow.api.page;

import org.jspecify.annotations.NullMarked;
