package com.example.calls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.core.file.FileFolder;
import dev.callflow.core.file.FileLimits;
import dev.callflow.simulator.wire.SimulatedFreeSwitch;
import dev.callflow.spring.web.CallflowApiCustomizer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import tools.jackson.databind.json.JsonMapper;

/** Files that arrive and leave through the servlet container. */
class FilesOverHttpIT {

  private static final String MEDIA = "/callflow/v2/accounts/acme/media";

  @TempDir private Path folder;
  @TempDir private Path files;

  private static HttpResponse<byte[]> send(
      HttpClient client, int port, String verb, String path, byte[] body, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .method(verb, BodyPublishers.ofByteArray(body))
            .header("X-Auth-Token", "example-token");
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), BodyHandlers.ofByteArray());
  }

  @Test
  void aSoundThatIsLargerThanOtherBodiesIsUploadedAndDownloaded() throws Exception {
    FileFolder shared = FileFolder.open(files, "/shared", FileLimits.STANDARD);
    CallflowApiCustomizer customizer = builder -> builder.files(shared);
    SpringApplication calls = new SpringApplication(CallsApplication.class);
    calls.addInitializers(context ->
        ((GenericApplicationContext) context)
            .registerBean(CallflowApiCustomizer.class, () -> customizer));
    byte[] sound = new byte[1 << 20];
    System.arraycopy("RIFF----WAVE".getBytes(StandardCharsets.US_ASCII), 0, sound, 0, 12);
    try (HttpClient client = HttpClient.newHttpClient();
        SimulatedFreeSwitch freeSwitch = SimulatedFreeSwitch.builder().start();
        ConfigurableApplicationContext application =
            calls.run(
                "--server.port=0",
                "--callflow.free-switch[0].address=127.0.0.1:" + freeSwitch.esl().getPort(),
                "--callflow.free-switch[0].password=ClueCon",
                "--callflow.listen=127.0.0.1:0",
                "--callflow.position-key-file=" + folder.resolve("key"),
                "--callflow.closing-timeout=0s",
                "--callflow.api.max-body-size=10KB")) {
      int port = Integer.parseInt(application.getEnvironment().getProperty("local.server.port"));
      byte[] document = "{\"data\": {\"name\": \"Hello\"}}".getBytes(StandardCharsets.US_ASCII);
      String id =
          new JsonMapper()
              .readTree(send(client, port, "PUT", MEDIA, document).body())
              .at("/data/id")
              .asString();
      String raw = MEDIA + "/" + id + "/raw";

      assertThat(send(client, port, "PUT", raw, sound).statusCode()).isEqualTo(200);

      assertThat(files.resolve("media/acme/" + id + ".wav")).hasBinaryContent(sound);
      assertThat(send(client, port, "GET", raw, new byte[0]).body()).isEqualTo(sound);
      HttpResponse<byte[]> part =
          send(client, port, "GET", raw, new byte[0], "Range", "bytes=0-11");
      assertThat(part.statusCode()).isEqualTo(206);
      assertThat(part.body()).isEqualTo(Arrays.copyOf(sound, 12));
      HttpResponse<byte[]> head = send(client, port, "HEAD", raw, new byte[0]);
      assertThat(head.headers().firstValue("Content-Length")).contains("" + sound.length);
      assertThat(send(client, port, "DELETE", MEDIA + "/" + id, new byte[0]).statusCode())
          .isEqualTo(200);
      assertThat(Files.exists(files.resolve("media/acme/" + id + ".wav"))).isFalse();
    }
  }
}
