package dev.callflow.conference.control;

import dev.callflow.conference.mixer.RoomId;
import dev.callflow.conference.room.JoinRequest;
import dev.callflow.conference.room.RoomEvent;
import dev.callflow.conference.room.RoomListener;
import java.util.Optional;

/** Ignores the events of rooms. */
record NoListener() implements RoomListener {
  @Override
  public void opening(RoomId room) {}

  @Override
  public void onEvent(RoomEvent event) {}

  @Override
  public Optional<JoinRequest.Rules> rules(RoomId room) {
    return Optional.empty();
  }

  @Override
  public void closed(RoomId room) {}

  @Override
  public void seats(int change) {}
}
