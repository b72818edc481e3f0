/** Stores accounts and documents in an H2 file or a PostgreSQL database. */
module dev.callflow.store {
  requires transitive dev.callflow.core;
  requires com.github.benmanes.caffeine;
  requires com.h2database;
  requires com.zaxxer.hikari;
  requires java.naming;
  requires transitive java.sql;
  requires flyway.core;
  requires org.jdbi.v3.core;
  requires org.postgresql.jdbc;
  requires org.slf4j;
  // For Flyway and Jdbi, which have no descriptors that could require them.
  requires com.fasterxml.jackson.databind;
  requires io.leangen.geantyref;

  exports dev.callflow.store;
}
