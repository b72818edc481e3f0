/** The JSON schemas with which editors complete and check documents. */
@NullMarked
package dev.callflow.cli.schemas;

import org.jspecify.annotations.NullMarked;
