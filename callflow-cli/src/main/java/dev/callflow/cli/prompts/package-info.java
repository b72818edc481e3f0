/** The prompts that FreeSWITCH's sound packages lack, and their installation (docs/prompts.md). */
@NullMarked
package dev.callflow.cli.prompts;

import org.jspecify.annotations.NullMarked;
