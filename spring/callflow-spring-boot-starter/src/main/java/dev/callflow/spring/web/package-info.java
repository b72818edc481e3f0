/** Mounts the API, with its events, in the servlet container of the application. */
@NullMarked
package dev.callflow.spring.web;

import org.jspecify.annotations.NullMarked;
