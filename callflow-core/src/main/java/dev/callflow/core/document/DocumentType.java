package dev.callflow.core.document;

/** The kinds of documents that an account owns. */
public enum DocumentType {
  /** A tree of modules and the numbers it answers to. */
  CALLFLOW("callflows"),
  /** A conference room. */
  CONFERENCE("conferences"),
  /** A telephone. */
  DEVICE("devices"),
  /** A person. */
  USER("users"),
  /** A recording or prompt. */
  MEDIA("media");

  private final String collection;

  DocumentType(String collection) {
    this.collection = collection;
  }

  /**
   * Returns the name of the collection, as data folders, case files and the API spell it.
   *
   * @return for instance {@code callflows}
   */
  public String collection() {
    return collection;
  }
}
