-- The documents of each account and their size, so that quotas need no scan.
CREATE TABLE callflow_usage (
  account VARCHAR(255) NOT NULL,
  documents BIGINT NOT NULL,
  bytes BIGINT NOT NULL,
  PRIMARY KEY (account)
);

-- A deleted document keeps its row, but not its content.
UPDATE callflow_documents SET body = '{}' WHERE deleted = TRUE;
