package dev.callflow.cli.client;

/** The host has not done what a command asked for; the message says why and what to do. */
final class HostException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** What has happened. */
  enum Kind {
    /** The host refused the request. */
    REFUSED(1, false),
    /** The token is unknown or does not give access. */
    NO_ACCESS(2, false),
    /** Something answers that is no host. */
    NO_HOST(2, false),
    /** Nothing answers at the address. */
    UNREACHABLE(2, true),
    /** The host is busy, or has not answered in time. */
    BUSY(4, true);

    private final int exitCode;
    private final boolean passing;

    Kind(int exitCode, boolean passing) {
      this.exitCode = exitCode;
      this.passing = passing;
    }
  }

  private final Kind kind;

  HostException(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  HostException(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  int exitCode() {
    return kind.exitCode;
  }

  /** Returns whether the same request may succeed later. */
  boolean isPassing() {
    return kind.passing;
  }
}
