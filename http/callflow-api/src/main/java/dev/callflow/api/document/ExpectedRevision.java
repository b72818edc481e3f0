package dev.callflow.api.document;

import dev.callflow.api.route.ApiCall;
import dev.callflow.core.document.Json;
import dev.callflow.core.document.Revision;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Parses the revision of a document that a client expects to change. */
public final class ExpectedRevision {

  /** Matches a revision, or an entity tag that starts with one. */
  private static final Pattern FORMAT = Pattern.compile("(?:W/)?\"?(\\d{1,18}-[0-9a-f]{32})\\b.*");

  /** A revision that no document has. */
  private static final Revision NONE = new Revision(0, "");

  private ExpectedRevision() {}

  /**
   * Reads the revision that a request expects, from {@code If-Match} or from {@code revision}
   * beside the data.
   *
   * @param call the request
   * @return the revision, as {@link #read} returns it; empty if the request names none
   */
  public static Optional<Revision> of(ApiCall call) {
    return call.request()
        .header("If-Match")
        .or(() -> Json.text(call.envelope().top(), "revision"))
        .flatMap(ExpectedRevision::read);
  }

  /**
   * Parses the revision that a client expects.
   *
   * @param text a revision, or an entity tag that starts with one
   * @return the revision; if the text is invalid, a revision that no document has; empty for {@code
   *     *}
   */
  public static Optional<Revision> read(String text) {
    if (text.equals("*")) {
      return Optional.empty();
    }
    Matcher matcher = FORMAT.matcher(text);
    return Optional.of(matcher.matches() ? Revision.parse(matcher.group(1)).orElse(NONE) : NONE);
  }
}
