package dev.callflow.core.document;

/** The types of documents that an account owns. */
public enum DocumentType {
  /** A tree of nodes, and the numbers that reach it. */
  CALLFLOW("callflows"),
  /** A conference. */
  CONFERENCE("conferences"),
  /** A telephone. */
  DEVICE("devices"),
  /** A person. */
  USER("users"),
  /** A sound file or stream. */
  MEDIA("media"),
  /** Where events of the account are delivered. */
  WEBHOOK("webhooks");

  private final String collection;

  DocumentType(String collection) {
    this.collection = collection;
  }

  /**
   * Returns the name of the collection in data folders, case files and the API.
   *
   * @return the name, for instance {@code callflows}
   */
  public String collection() {
    return collection;
  }
}
