/** Files in the API: recordings and uploaded media (docs/spec/api.md#files). */
@NullMarked
package dev.callflow.api.file;

import org.jspecify.annotations.NullMarked;
