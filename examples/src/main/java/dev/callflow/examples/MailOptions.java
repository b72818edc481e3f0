package dev.callflow.examples;

import dev.callflow.api.mail.MailServer;
import dev.callflow.api.mail.MailedInvitations;
import dev.callflow.core.time.TimeSource;
import java.util.Map;
import picocli.CommandLine.Option;

/** The options for email invitations. Both of them must be given, or neither. */
final class MailOptions {

  @Option(
      names = "--mail",
      required = true,
      paramLabel = "URL",
      description =
          "The mail server for invitations: smtp://HOST:PORT, smtp+starttls://… or smtps://…. The"
              + " user and password come from the environment variables CALLFLOW_MAIL_USER and"
              + " CALLFLOW_MAIL_PASSWORD. Default: no invitations")
  private String server = "";

  @Option(
      names = "--mail-from",
      required = true,
      paramLabel = "ADDRESS",
      description = "The sender of invitations, for instance noreply@example.com.")
  private String from = "";

  MailedInvitations invitations(Map<String, String> environment) {
    MailServer anonymous = MailServer.of(server);
    String user = environment.get("CALLFLOW_MAIL_USER");
    MailServer mailServer =
        user == null
            ? anonymous
            : anonymous.login(user, environment.getOrDefault("CALLFLOW_MAIL_PASSWORD", ""));
    return MailedInvitations.builder(mailServer, from, TimeSource.system()).build();
  }
}
