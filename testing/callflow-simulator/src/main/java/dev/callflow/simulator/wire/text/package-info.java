/**
 * The grammars of FreeSWITCH's arguments: how it splits words, reads blocks of variables and dial
 * strings, and substitutes variables. Each behaves as FreeSWITCH 1.11's, oddities included, so that
 * an argument that is dangerous there is dangerous here.
 */
@org.jspecify.annotations.NullMarked
package dev.callflow.simulator.wire.text;
