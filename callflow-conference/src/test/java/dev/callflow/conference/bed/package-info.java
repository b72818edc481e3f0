/** The test bed for unit tests: a scripted leg, a small mixer, documents and virtual time. */
@org.jspecify.annotations.NullMarked
package dev.callflow.conference.bed;
