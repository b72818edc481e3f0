/** Health, metrics and logs of a host. */
@NullMarked
package dev.callflow.cli.management;

import org.jspecify.annotations.NullMarked;
