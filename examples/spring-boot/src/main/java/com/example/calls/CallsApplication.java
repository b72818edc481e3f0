package com.example.calls;

import dev.callflow.conference.event.ConferenceEvent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.event.EventListener;

/** Takes calls, and logs what happens in their conferences. */
@SpringBootApplication
class CallsApplication {

  private static final Logger LOG = LoggerFactory.getLogger(CallsApplication.class);

  public static void main(String[] arguments) {
    SpringApplication.run(CallsApplication.class, arguments);
  }

  /** Called on the thread that delivers the events of a conference; must not block. */
  @EventListener
  void on(ConferenceEvent event) {
    LOG.info("{} in {}", event.name(), event.room());
  }
}
