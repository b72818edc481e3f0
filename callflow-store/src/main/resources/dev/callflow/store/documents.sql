CREATE TABLE callflow_system (
  name VARCHAR(255) NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY (name)
);

-- The realm is in lower case here, and as it was written in the body.
CREATE TABLE callflow_accounts (
  id VARCHAR(255) NOT NULL,
  realm VARCHAR(255),
  body TEXT NOT NULL,
  PRIMARY KEY (id),
  UNIQUE (realm)
);

-- A document that is removed stays, marked as deleted, so that none of its revisions comes again.
-- Text is sorted as each database likes; id_order, the id's code units, is sorted as Java does it.
CREATE TABLE callflow_documents (
  account VARCHAR(255) NOT NULL,
  type VARCHAR(32) NOT NULL,
  id VARCHAR(255) NOT NULL,
  id_order BYTEA NOT NULL,
  revision BIGINT NOT NULL,
  deleted BOOLEAN NOT NULL,
  created TIMESTAMP WITH TIME ZONE NOT NULL,
  modified TIMESTAMP WITH TIME ZONE NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY (account, type, id)
);

CREATE INDEX callflow_documents_in_order ON callflow_documents (account, type, deleted, id_order);

-- Who has a number: the key of this table is what lets nobody else have it.
CREATE TABLE callflow_numbers (
  account VARCHAR(255) NOT NULL,
  type VARCHAR(32) NOT NULL,
  number VARCHAR(255) NOT NULL,
  id VARCHAR(255) NOT NULL,
  PRIMARY KEY (account, type, number)
);

CREATE INDEX callflow_numbers_of_documents ON callflow_numbers (account, type, id);
