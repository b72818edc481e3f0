package dev.callflow.api.page;

import java.util.Map;

/**
 * A page, or a file that a page loads.
 *
 * @param contentType the media type
 * @param body the content; must not be modified
 * @param policy the value of {@code Content-Security-Policy}
 */
public record Page(String contentType, byte[] body, String policy) {

  /**
   * The policy of pages that load everything from their own server, have neither scripts nor styles
   * in their text, and are never shown inside other pages.
   */
  public static final String STRICT =
      "default-src 'self'; base-uri 'none'; form-action 'none'; object-src 'none';"
          + " frame-ancestors 'none'";

  /**
   * Creates a page with the policy {@link #STRICT}.
   *
   * @param contentType the media type
   * @param body the content; must not be modified
   */
  public Page(String contentType, byte[] body) {
    this(contentType, body, STRICT);
  }

  /**
   * Returns the headers to send with the page, besides its media type and length.
   *
   * @return the values by name
   */
  public Map<String, String> headers() {
    return Map.of(
        "Content-Security-Policy",
        policy,
        "X-Content-Type-Options",
        "nosniff",
        "Referrer-Policy",
        "no-referrer",
        "Cache-Control",
        "no-cache");
  }
}
