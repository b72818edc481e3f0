/** The commands for accounts, which need no running host. */
@NullMarked
package dev.callflow.cli.account;

import org.jspecify.annotations.NullMarked;
