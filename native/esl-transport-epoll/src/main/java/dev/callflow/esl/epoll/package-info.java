/** Native sockets on Linux. */
@NullMarked
package dev.callflow.esl.epoll;

import org.jspecify.annotations.NullMarked;
