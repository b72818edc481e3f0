package dev.callflow.core.store;

import dev.callflow.core.document.Document;
import dev.callflow.core.document.Problem;
import java.util.List;

/** Checks documents and reports problems, without rejecting the documents. */
@FunctionalInterface
public interface DocumentCheck {

  /**
   * Checks a document.
   *
   * @param document the document
   * @return the problems, without secrets; empty if there are none
   */
  List<Problem> check(Document document);
}
