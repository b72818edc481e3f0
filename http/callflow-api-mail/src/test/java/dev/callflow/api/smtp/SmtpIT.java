package dev.callflow.api.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import dev.callflow.api.mail.GuestInvitation;
import dev.callflow.conference.mixer.RoomId;
import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.Json;
import dev.callflow.core.time.TimeSource;
import dev.callflow.ports.ReservedPort;
import dev.callflow.waiting.Eventually;
import jakarta.mail.Message;
import jakarta.mail.internet.MimeMessage;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Sending invitations over SMTP. */
class SmtpIT {

  private static final RoomId RED = new RoomId(new AccountId("acme"), "red");

  private final BlockingQueue<MailReport> reports = new LinkedBlockingQueue<>();
  private final GreenMail mailServer = new GreenMail(setup(0, "smtp"));

  /**
   * Raises GreenMail's startup timeout: its default of two seconds is too short on a busy machine.
   */
  private static ServerSetup setup(int port, String protocol) {
    ServerSetup setup = new ServerSetup(port, "127.0.0.1", protocol);
    setup.setServerStartupTimeout(Eventually.LIMIT.toMillis());
    return setup;
  }

  @AfterEach
  void stop() {
    mailServer.stop();
  }

  private MailedInvitations.Builder to(MailServer server) {
    return MailedInvitations.builder(
            server, "Conferences <noreply@example.com>", TimeSource.system())
        .retries(Duration.ofMillis(20), Duration.ofMillis(100), 1_000_000)
        .attempt(Eventually.LIMIT)
        .reply(Eventually.LIMIT)
        .reported(reports::add);
  }

  private static MailServer at(String scheme, int port) {
    return MailServer.of(scheme + "://127.0.0.1:" + port);
  }

  private static GuestInvitation invitation(String message, String... guests) {
    return new GuestInvitation(
        RED, "Grüße", "https://link.to/red", message, List.of(guests), Json.object());
  }

  private MailReport report() {
    return Eventually.next("a report", reports);
  }

  private MailReport last() {
    MailReport report = report();
    while (report instanceof MailReport.Delayed) {
      report = report();
    }
    return report;
  }

  @Test
  void guestsGetTextAndHtmlAndDoNotSeeEachOther() throws Exception {
    mailServer.start();
    try (MailedInvitations invitations = to(at("smtp", mailServer.getSmtp().getPort())).build()) {
      invitations.send(invitation("Come & see <us>", "a@example.com", "b@example.com"));
      assertThat(report()).isEqualTo(new MailReport.Sent(RED));
      assertThat(report()).isEqualTo(new MailReport.Sent(RED));
    }
    assertThat(mailServer.getReceivedMessages()).hasSize(2);
    MimeMessage mail = mailServer.getReceivedMessagesForDomain("a@example.com")[0];
    assertThat(mail.getSubject()).isEqualTo("Invitation to the conference Grüße");
    assertThat(mail.getFrom())
        .extracting(Object::toString)
        .containsExactly("Conferences <noreply@example.com>");
    assertThat(mail.getAllRecipients())
        .extracting(Object::toString)
        .containsExactly("a@example.com");
    assertThat(mail.getHeader("Auto-Submitted")).containsExactly("auto-generated");
    String whole = GreenMailUtil.getWholeMessage(mail);
    assertThat(whole)
        .contains("text/plain", "text/html", "Come & see <us>", "Come &amp; see &lt;us&gt;")
        .doesNotContain("b@example.com");
  }

  @Test
  void aMessageCannotInjectHeaders() throws Exception {
    mailServer.start();
    try (MailedInvitations invitations = to(at("smtp", mailServer.getSmtp().getPort())).build()) {
      invitations.send(
          invitation(
              "Hello\r\nBcc: eve@example.com\r\nSubject: x\r\n\r\n.\r\nQUIT\r\n", "a@example.com"));
      assertThat(report()).isEqualTo(new MailReport.Sent(RED));
    }
    MimeMessage[] received = mailServer.getReceivedMessages();
    assertThat(received).hasSize(1);
    assertThat(received[0].getRecipients(Message.RecipientType.BCC)).isNull();
    assertThat(received[0].getHeader("Subject")).hasSize(1);
    assertThat(GreenMailUtil.getBody(received[0])).contains("QUIT");
  }

  @Test
  void waitingEmailsAreSentOnceTheServerIsReachable() throws Exception {
    try (ReservedPort port = new ReservedPort();
        MailedInvitations invitations = to(at("smtp", port.number())).build()) {
      invitations.send(invitation("Come!", "a@example.com"));
      assertThat(report())
          .isEqualTo(
              new MailReport.Delayed(
                  RED, 1, "the mail server cannot be reached: ConnectException"));
      GreenMail late = new GreenMail(setup(port.number(), "smtp"));
      late.start();
      try {
        assertThat(last()).isEqualTo(new MailReport.Sent(RED));
        assertThat(late.getReceivedMessages()).hasSize(1);
      } finally {
        late.stop();
      }
    }
  }

  @Test
  void theUserAndPasswordAreSentToTheServer() throws Exception {
    mailServer.setUser("callflow@example.com", "callflow", "secret");
    mailServer.start();
    MailServer server = at("smtp", mailServer.getSmtp().getPort());
    try (MailedInvitations good = to(server.login("callflow", "secret")).build();
        MailedInvitations bad = to(server.login("callflow", "wrong-one")).build()) {
      good.send(invitation("Come!", "a@example.com"));
      assertThat(report()).isEqualTo(new MailReport.Sent(RED));
      bad.send(invitation("Come!", "a@example.com"));
      assertThat(report())
          .isEqualTo(new MailReport.GivenUp(RED, "the mail server refused the user and password"));
    }
  }

  @Test
  void theCertificateOfAServerOverTlsMustBeTrusted() throws Exception {
    GreenMail secure = new GreenMail(setup(0, "smtps"));
    secure.setUser("callflow@example.com", "callflow", "secret");
    secure.start();
    MailServer server = at("smtps", secure.getSmtps().getPort()).login("callflow", "secret");
    try (MailedInvitations careful =
            to(server).retries(Duration.ofMillis(1), Duration.ofMillis(2), 2).build();
        MailedInvitations trusting = to(server).trust(trustOfKeys()).build()) {
      careful.send(invitation("Come!", "a@example.com"));
      assertThat(last()).isInstanceOf(MailReport.GivenUp.class);
      assertThat(secure.getReceivedMessages()).isEmpty();
      trusting.send(invitation("Come!", "a@example.com"));
      assertThat(last()).isEqualTo(new MailReport.Sent(RED));
      assertThat(secure.getReceivedMessages()).hasSize(1);
    } finally {
      secure.stop();
    }
  }

  /** A self-signed certificate for 127.0.0.1. */
  private static URL keys() {
    return SmtpIT.class.getResource("mail-server.p12");
  }

  private static SSLContext trustOfKeys() throws GeneralSecurityException, IOException {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream stream = keys().openStream()) {
      keys.load(stream, "changeit".toCharArray());
    }
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("mail", keys.getCertificate("mail"));
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }

  @Test
  void nothingIsSentToAServerWithoutTheRequiredEncryption() throws Exception {
    try (RefusingServer server = new RefusingServer("250 ok");
        MailedInvitations invitations = to(at("smtp+starttls", server.port())).build()) {
      invitations.send(invitation("Come!", "a@example.com"));
      assertThat(report()).isInstanceOf(MailReport.Delayed.class);
    }
  }

  @Test
  void anEmailThatIsPermanentlyRefusedIsNotRetried() throws Exception {
    try (RefusingServer server = new RefusingServer("550 5.1.1 <a@example.com>: no such user");
        MailedInvitations invitations = to(at("smtp", server.port())).build()) {
      invitations.send(invitation("Come!", "a@example.com"));
      assertThat(report()).isEqualTo(new MailReport.GivenUp(RED, "the mail server replied 550"));
    }
  }

  @Test
  void anEmailThatIsTemporarilyRefusedIsRetried() throws Exception {
    try (RefusingServer server = new RefusingServer("451 4.7.1 <a@example.com>: come back later");
        MailedInvitations invitations = to(at("smtp", server.port())).build()) {
      invitations.send(invitation("Come!", "a@example.com"));
      assertThat(report()).isEqualTo(new MailReport.Delayed(RED, 1, "the mail server replied 451"));
    }
  }

  @Test
  void anAttemptWithASilentServerIsAbandoned() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        MailedInvitations invitations =
            to(at("smtp", silent.getLocalPort())).attempt(Duration.ofMillis(200)).build()) {
      invitations.send(invitation("Come!", "a@example.com"));
      assertThat(report())
          .isEqualTo(new MailReport.Delayed(RED, 1, "the mail server took too long"));
    }
  }

  /** A mail server without encryption that gives the same reply for every recipient. */
  private static final class RefusingServer implements AutoCloseable {

    private final ServerSocket socket = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    private final String refusal;

    RefusingServer(String refusal) throws IOException {
      this.refusal = refusal;
      Thread.ofVirtual().start(this::serve);
    }

    int port() {
      return socket.getLocalPort();
    }

    private void serve() {
      while (!socket.isClosed()) {
        try (Socket client = socket.accept();
            BufferedReader in =
                new BufferedReader(
                    new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8))) {
          say(client, "220 refusing");
          for (String line = in.readLine(); line != null; line = in.readLine()) {
            say(client, line.startsWith("RCPT") ? refusal : "250 ok");
          }
        } catch (IOException e) {
          // The client has disconnected, or the test has ended.
        }
      }
    }

    private static void say(Socket client, String line) throws IOException {
      client.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
