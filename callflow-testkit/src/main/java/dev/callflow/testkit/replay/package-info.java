/** Case files: who calls when and does what, what must come of it, and whether it does. */
@NullMarked
package dev.callflow.testkit.replay;

import org.jspecify.annotations.NullMarked;
