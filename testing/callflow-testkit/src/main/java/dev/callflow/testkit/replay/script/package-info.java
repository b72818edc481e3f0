/** What a case says: who calls when and does what, and what must come of it. */
@NullMarked
package dev.callflow.testkit.replay.script;

import org.jspecify.annotations.NullMarked;
