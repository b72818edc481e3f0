/** Connection metrics for applications that use Micrometer. */
@NullMarked
package dev.callflow.esl.micrometer;

import org.jspecify.annotations.NullMarked;
