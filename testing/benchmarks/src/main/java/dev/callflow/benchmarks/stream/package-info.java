/** The recorded event stream of a real FreeSWITCH, and a server that replays it. */
@NullMarked
package dev.callflow.benchmarks.stream;

import org.jspecify.annotations.NullMarked;
