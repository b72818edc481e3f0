/**
 * Starts Callflow in a Spring Boot application: properties, beans, lifecycle, health and meters.
 */
@NullMarked
package dev.callflow.spring;

import org.jspecify.annotations.NullMarked;
