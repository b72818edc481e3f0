/** Tests of the console in a browser. */
@NullMarked
package dev.callflow.browser;

import org.jspecify.annotations.NullMarked;
