/**
 * Tests of applications with a simulated FreeSWITCH: {@link dev.callflow.spring.test.CallflowTest}.
 */
@NullMarked
package dev.callflow.spring.test;

import org.jspecify.annotations.NullMarked;
