/** The commands that watch and control the rooms of a running host through its API. */
@NullMarked
package dev.callflow.cli.client;

import org.jspecify.annotations.NullMarked;
