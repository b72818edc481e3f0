/** What plain tests of the door stand on: a leg, a mixer, documents and virtual time. */
@org.jspecify.annotations.NullMarked
package dev.callflow.conference.bed;
