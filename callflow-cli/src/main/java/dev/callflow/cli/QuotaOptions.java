package dev.callflow.cli;

import dev.callflow.core.store.Quotas;
import picocli.CommandLine.Option;

/** The limits for the documents of each account. */
final class QuotaOptions {

  @Option(
      names = "--max-document-size",
      paramLabel = "BYTES",
      description = "The maximum size of a document. Default: 262144")
  private long documentBytes = Quotas.standard().documentBytes();

  @Option(
      names = "--max-document-keys",
      paramLabel = "N",
      description = "The maximum number of keys and list entries of a document. Default: 10000")
  private long documentKeys = Quotas.standard().documentKeys();

  @Option(
      names = "--max-documents",
      paramLabel = "N",
      description = "The maximum number of documents of an account. Default: 10000")
  private long documents = Quotas.standard().documents();

  @Option(
      names = "--max-account-size",
      paramLabel = "BYTES",
      description = "The maximum size of all documents of an account. Default: 33554432")
  private long bytes = Quotas.standard().bytes();

  Quotas quotas() {
    return new Quotas(documentBytes, documentKeys, documents, bytes);
  }
}
