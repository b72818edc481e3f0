/** The way to start Callflow in an application: {@link dev.callflow.host.Callflow}. */
@NullMarked
package dev.callflow.host;

import org.jspecify.annotations.NullMarked;
