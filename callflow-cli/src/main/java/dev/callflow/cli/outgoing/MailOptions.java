package dev.callflow.cli.outgoing;

import dev.callflow.api.smtp.MailServer;
import dev.callflow.api.smtp.MailedInvitations;
import dev.callflow.core.time.TimeSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options for email invitations: both of them, or neither. */
public final class MailOptions {

  @Option(
      names = "--mail",
      paramLabel = "URL",
      description =
          "The mail server for invitations: smtp://HOST:PORT, smtp+starttls://… or smtps://…. The"
              + " user and password come from the environment variables CALLFLOW_MAIL_USER and"
              + " CALLFLOW_MAIL_PASSWORD. Default: no invitations")
  private @Nullable String server;

  @Option(
      names = "--mail-from",
      paramLabel = "ADDRESS",
      description = "The sender of invitations, for instance noreply@example.com.")
  private @Nullable String from;

  /** Creates the options with their defaults. */
  public MailOptions() {}

  /**
   * Returns whether invitations are sent.
   *
   * @return whether the options are given
   * @throws IllegalArgumentException if only one of the options is given
   */
  public boolean isSet() {
    if ((server == null) != (from == null)) {
      throw new IllegalArgumentException(
          server == null ? "--mail-from requires --mail" : "--mail requires --mail-from");
    }
    return server != null;
  }

  /**
   * Returns the sender of invitations.
   *
   * @param environment the environment, which has the user and password of the mail server
   * @return the sender
   * @throws IllegalStateException if the options are not given
   */
  public MailedInvitations invitations(Map<String, String> environment) {
    if (server == null || from == null) {
      throw new IllegalStateException("there is no mail server");
    }
    MailServer anonymous = MailServer.of(server);
    String user = environment.get("CALLFLOW_MAIL_USER");
    MailServer mailServer =
        user == null
            ? anonymous
            : anonymous.login(user, environment.getOrDefault("CALLFLOW_MAIL_PASSWORD", ""));
    return MailedInvitations.builder(mailServer, from, TimeSource.system()).build();
  }
}
