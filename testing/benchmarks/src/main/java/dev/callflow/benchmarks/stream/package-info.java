/** What a real FreeSWITCH has sent, and a server that sends it again. */
@NullMarked
package dev.callflow.benchmarks.stream;

import org.jspecify.annotations.NullMarked;
