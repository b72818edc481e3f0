package dev.callflow.esl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.esl.message.EslEvent;
import dev.callflow.waiting.Eventually;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Tests TLS and Unix sockets, which are used with a proxy in front of FreeSWITCH. */
@Timeout(300)
class ProxiesIT {

  private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
  private final EslClientListener listener =
      new EslClientListener() {
        @Override
        public void connected(EslPeer peer) {
          received.add("connected " + peer.hostname());
        }

        @Override
        public void event(EslEvent event) {
          received.add(event.name());
        }
      };

  @Test
  void aClientConnectsToAProxyWithTls() throws Exception {
    X509Bundle certificate =
        new CertificateBuilder()
            .subject("CN=localhost")
            .addSanIpAddress("127.0.0.1")
            .setIsCertificateAuthority(true)
            .buildSelfSigned();
    SSLContext proxy = SSLContext.getInstance("TLS");
    proxy.init(certificate.toKeyManagerFactory().getKeyManagers(), null, null);
    TrustManagerFactory trust = certificate.toTrustManagerFactory();
    SslContext ours = SslContextBuilder.forClient().trustManager(trust).build();
    try (SSLServerSocket server =
            (SSLServerSocket)
                proxy
                    .getServerSocketFactory()
                    .createServerSocket(0, 5, InetAddress.getLoopbackAddress());
        EslClient client =
            new EslClient(
                    PatientOptions.client(server.getLocalSocketAddress())
                        .ssl(ours)
                        .localAddress(new InetSocketAddress("127.0.0.1", 0))
                        .listener(listener)
                        .build())
                .start()) {
      try (SSLSocket socket = (SSLSocket) server.accept()) {
        serve(
            new BufferedReader(
                new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8)),
            socket.getOutputStream());
        assertThat(Eventually.next("the next event", received)).isEqualTo("connected fs1");
        assertThat(Eventually.next("the next event", received)).isEqualTo("HEARTBEAT");
        assertThat(client.connected()).isTrue();
      }
    }
  }

  @Test
  void aClientConnectsToAUnixSocket(@TempDir Path folder) throws Exception {
    UnixDomainSocketAddress address = UnixDomainSocketAddress.of(folder.resolve("esl"));
    try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(address);
      try (EslClient client =
          new EslClient(PatientOptions.client(address).listener(listener).build()).start()) {
        try (SocketChannel socket = server.accept()) {
          serve(
              new BufferedReader(
                  new InputStreamReader(Channels.newInputStream(socket), StandardCharsets.UTF_8)),
              Channels.newOutputStream(socket));
          assertThat(Eventually.next("the next event", received)).isEqualTo("connected fs1");
          assertThat(Eventually.next("the next event", received)).isEqualTo("HEARTBEAT");
          assertThat(client.awaitConnected(Eventually.LIMIT)).isTrue();
        }
      }
    }
  }

  @Test
  void aServerAcceptsCallsOnAUnixSocket(@TempDir Path folder) throws Exception {
    UnixDomainSocketAddress address = UnixDomainSocketAddress.of(folder.resolve("calls"));
    try (EslServer server =
        new EslServer(
                PatientOptions.server(address).build(),
                EslCallHandler.script(call -> received.add("call " + call.uuid())))
            .start()) {
      try (SocketChannel socket = SocketChannel.open(address)) {
        BufferedReader in =
            new BufferedReader(
                new InputStreamReader(Channels.newInputStream(socket), StandardCharsets.UTF_8));
        OutputStream out = Channels.newOutputStream(socket);
        assertThat(command(in)).isEqualTo("connect");
        send(
            out,
            "Event-Name: CHANNEL_DATA\nUnique-ID: call-1\nContent-Type: command/reply\n"
                + "Reply-Text: %2BOK%0A\n\n");
        for (int i = 0; i < 3; i++) {
          assertThat(command(in)).isNotEmpty();
          send(out, "Content-Type: command/reply\nReply-Text: +OK\n\n");
        }
        assertThat(Eventually.next("the next event", received)).isEqualTo("call call-1");
        assertThat(server.connections()).isEqualTo(1);
      }
    }
  }

  private static void serve(BufferedReader in, OutputStream out) throws Exception {
    send(out, "Content-Type: auth/request\n\n");
    assertThat(command(in)).isEqualTo("auth secret");
    send(out, "Content-Type: command/reply\nReply-Text: +OK accepted\n\n");
    for (String answer : new String[] {"core-1", "1.11", "fs1"}) {
      assertThat(command(in)).startsWith("api ");
      send(out, "Content-Type: api/response\nContent-Length: " + answer.length() + "\n\n" + answer);
    }
    assertThat(command(in)).startsWith("event plain");
    send(out, "Content-Type: command/reply\nReply-Text: +OK event listener enabled plain\n\n");
    String event = "Event-Name: HEARTBEAT\n\n";
    send(out, "Content-Length: " + event.length() + "\nContent-Type: text/event-plain\n\n" + event);
  }

  private static void send(OutputStream out, String text) throws Exception {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  private static String command(BufferedReader in) throws Exception {
    String first = in.readLine();
    String line = first;
    while (line != null && !line.isEmpty()) {
      line = in.readLine();
    }
    return first;
  }
}
