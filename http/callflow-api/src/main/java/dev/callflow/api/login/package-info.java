/** Logins of users and of programs with an API key, as Kazoo's clients request them. */
@NullMarked
package dev.callflow.api.login;

import org.jspecify.annotations.NullMarked;
