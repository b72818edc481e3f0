package dev.callflow.spring.test.application;

import org.springframework.stereotype.Component;

/** Part of the application, but not of tests of callflows. */
@Component
final class Billing {}
