-- History, audit, tokens and deliveries. The records of the host itself have no account: ''.
-- The time is in milliseconds since 1970. As for documents, id_order is the id's code units.
CREATE TABLE callflow_records (
  kind VARCHAR(32) NOT NULL,
  account VARCHAR(255) NOT NULL,
  id VARCHAR(1000) NOT NULL,
  id_order BYTEA NOT NULL,
  subject VARCHAR(2000) NOT NULL,
  at_time BIGINT NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY (kind, account, id)
);

-- One index for each order in which records are read, with all columns of that order.
CREATE INDEX callflow_records_of_accounts
  ON callflow_records (kind, account, at_time, id_order);

CREATE INDEX callflow_records_of_subjects
  ON callflow_records (kind, account, subject, at_time, id_order);

CREATE INDEX callflow_records_by_time ON callflow_records (kind, at_time, id_order);

CREATE INDEX callflow_records_by_id ON callflow_records (kind, id);
