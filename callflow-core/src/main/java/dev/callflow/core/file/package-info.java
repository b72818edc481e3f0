/** The files of recordings and uploaded media, wherever FreeSWITCH has them. */
@NullMarked
package dev.callflow.core.file;

import org.jspecify.annotations.NullMarked;
