package dev.callflow.examples;

import dev.callflow.api.mail.MailServer;
import dev.callflow.api.mail.MailedInvitations;
import dev.callflow.core.time.TimeSource;
import java.util.Map;
import picocli.CommandLine.Option;

/** The options of invitations by mail; given together, or not at all. */
final class MailOptions {

  @Option(
      names = "--mail",
      required = true,
      paramLabel = "URL",
      description =
          "The mail server for invitations: smtp://HOST:PORT, smtp+starttls://… or smtps://…; user"
              + " and password from the variables CALLFLOW_MAIL_USER and CALLFLOW_MAIL_PASSWORD."
              + " Default: none")
  private String server = "";

  @Option(
      names = "--mail-from",
      required = true,
      paramLabel = "ADDRESS",
      description = "Who invitations are from, for instance noreply@example.com.")
  private String from = "";

  MailedInvitations invitations(Map<String, String> environment) {
    MailServer anonymous = MailServer.of(server);
    String user = environment.get("CALLFLOW_MAIL_USER");
    MailServer known =
        user == null
            ? anonymous
            : anonymous.login(user, environment.getOrDefault("CALLFLOW_MAIL_PASSWORD", ""));
    return MailedInvitations.builder(known, from, TimeSource.system()).build();
  }
}
