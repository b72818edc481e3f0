/**
 * The limits of what an account may use: concurrent calls, rooms, dialled legs, recording time, and
 * the destinations that it may call.
 */
@NullMarked
package dev.callflow.core.limit;

import org.jspecify.annotations.NullMarked;
