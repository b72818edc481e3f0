/** A day of an account, played to a host as its command line starts it. */
@org.jspecify.annotations.NullMarked
package dev.callflow.cli.day;
