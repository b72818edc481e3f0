/** An application of Spring Boot that takes calls. */
@NullMarked
package dev.callflow.examples.spring;

import org.jspecify.annotations.NullMarked;
