package dev.callflow.core.call;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.callflow.core.document.AccountId;
import dev.callflow.core.store.MemoryStore;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class MediaReaderTests {

  private static final Logger LOG = (Logger) LoggerFactory.getLogger(MediaReader.class);

  private final ListAppender<ILoggingEvent> logged = new ListAppender<>();
  private final MediaReader reader =
      MediaGuard.standard().reader(new AccountId("acme"), new MemoryStore());

  @BeforeEach
  void listen() {
    logged.start();
    LOG.addAppender(logged);
  }

  @AfterEach
  void stop() {
    LOG.detachAppender(logged);
  }

  @Test
  void refusedMediaIsLoggedOncePerPlaceAndWithoutTheString() {
    for (int i = 0; i < 3; i++) {
      assertThat(reader.read("/flow/data/id", "http://me:hush@x.example/a.wav", "")).isEmpty();
      assertThat(reader.read("max_members_media", "gone", "")).isEmpty();
      assertThat(reader.read("play_entry_tone", "%(1,0,440)", "")).isPresent();
    }
    assertThat(lines())
        .containsExactly(
            "/flow/data/id: media not played, because it is not a playable URL; expected a plain"
                + " URL on an allowed media host",
            "max_members_media: media not played, because it is not the id of a media document of"
                + " the account");
  }

  @Test
  void thousandsOfPlacesWithUnplayableMediaDoNotFloodTheLog() {
    for (int i = 0; i < 5_000; i++) {
      reader.read("/flow/" + i, "/etc/passwd", "");
    }
    assertThat(lines()).hasSize(100);
  }

  private List<String> lines() {
    return logged.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
  }
}
