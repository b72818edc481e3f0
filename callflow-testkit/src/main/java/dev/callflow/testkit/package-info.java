/** A simulated switch, replay of case files, and FreeSWITCH's event socket on top of it. */
@NullMarked
package dev.callflow.testkit;

import org.jspecify.annotations.NullMarked;
