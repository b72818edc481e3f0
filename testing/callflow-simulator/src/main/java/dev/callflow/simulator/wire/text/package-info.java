/**
 * The grammars of FreeSWITCH's arguments: word splitting, blocks of variables, dial strings and
 * substitution. Each behaves like FreeSWITCH 1.11, quirks included, so that an argument that is
 * dangerous there is dangerous here too.
 */
@org.jspecify.annotations.NullMarked
package dev.callflow.simulator.wire.text;
