/** An application of Spring Boot that takes calls. */
@NullMarked
package com.example.calls;

import org.jspecify.annotations.NullMarked;
