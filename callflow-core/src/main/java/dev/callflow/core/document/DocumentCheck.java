package dev.callflow.core.document;

import java.util.List;

/** Says what is wrong with a document, without refusing it. */
@FunctionalInterface
public interface DocumentCheck {

  /**
   * Checks a document.
   *
   * @param document the document
   * @return what is wrong with it, without secrets; empty if nothing
   */
  List<Problem> check(Document document);
}
