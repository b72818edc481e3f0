package dev.callflow.cli.demo;

import dev.callflow.core.time.TimeSource;
import dev.callflow.simulator.wire.SimulatedCaller;
import dev.callflow.simulator.wire.SimulatedFreeSwitch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Callers who fill the conferences of the demo, talk, mute themselves, leave and come back. The
 * same each time, because the random numbers have a fixed beginning.
 */
final class RoomLife implements AutoCloseable {

  private static final Duration STEP = Duration.ofMillis(350);

  private static final List<String> NAMES =
      List.of(
          "Alice Martin",
          "Bob Okafor",
          "Carol Lindqvist",
          "Dave Moreau",
          "Erin Walsh",
          "Frank Weber",
          "Grace Chen",
          "Heidi Novak",
          "Ivan Petrov",
          "Judy Alvarez",
          "Ken Watanabe",
          "Lena Fischer",
          "Mallory Quinn",
          "Nia Adeyemi",
          "Omar Haddad",
          "Priya Raman",
          "Quentin Roy",
          "Rosa Silva",
          "Sven Larsen",
          "Tara Singh",
          "Uma Patel",
          "Victor Hugo",
          "Wendy Park",
          "Yusuf Demir");

  /** A conference, how to reach it, and how many usually are in it. */
  private record Room(String number, String keys, int usual) {}

  private static final List<Room> ROOMS =
      List.of(
          new Room("5001", "", 18),
          new Room("5000", "482913#", 5),
          new Room("5002", "", 6),
          new Room("5005", "", 3),
          new Room("5003", "", 3),
          new Room("5004", "", 2),
          new Room("5100", "2", 4));

  private record Present(Room room, SimulatedCaller caller) {}

  private final SimulatedFreeSwitch freeSwitch;
  private final TimeSource time;
  private final Random random = new Random(7);
  private final List<Present> present = new ArrayList<>();
  private final Thread thread;
  private volatile boolean closed;
  private int next;

  RoomLife(SimulatedFreeSwitch freeSwitch, TimeSource time) {
    this.freeSwitch = freeSwitch;
    this.time = time;
    thread = Thread.ofVirtual().name("demo").unstarted(this::run);
  }

  void begin() {
    thread.start();
  }

  private void run() {
    dial("5000", "739164#");
    dial("5101", "");
    for (Room room : ROOMS) {
      for (int i = 0; i < room.usual() && !closed; i++) {
        join(room);
      }
    }
    while (!closed) {
      freeSwitch.await(STEP);
      step();
    }
  }

  private void step() {
    present.removeIf(it -> it.caller().cause().isPresent());
    int choice = random.nextInt(100);
    Room room = ROOMS.get(random.nextInt(ROOMS.size()));
    if (choice < 62 && !present.isEmpty()) {
      any().caller().talk(Duration.ofMillis(900 + random.nextInt(4_000)));
    } else if (choice < 74) {
      any().caller().press("*1");
    } else if (choice < 84 && count(room) <= room.usual()) {
      join(room);
    } else if (choice < 90 && count(room) > 1) {
      present.stream().filter(it -> it.room().equals(room)).findAny().ifPresent(this::leave);
    } else if (choice < 92) {
      dial("5000", "0000#");
    } else if (choice < 94) {
      dial("5004", "");
    } else if (choice < 95) {
      dial("5100", "");
    }
  }

  private Present any() {
    return present.get(random.nextInt(present.size()));
  }

  private long count(Room room) {
    return present.stream().filter(it -> it.room().equals(room)).count();
  }

  private void join(Room room) {
    present.add(new Present(room, dial(room.number(), room.keys())));
  }

  private void leave(Present leaving) {
    leaving.caller().hangUp();
    present.remove(leaving);
  }

  /** Calls a number, and presses keys as soon as the caller is asked for them. */
  private SimulatedCaller dial(String number, String keys) {
    int person = next++;
    String name = NAMES.get(person % NAMES.size());
    SimulatedCaller caller = freeSwitch.call("+4930555" + (1000 + person % 9000), name, number);
    if (!keys.isEmpty()) {
      Thread.ofVirtual()
          .name("demo keys")
          .start(() -> {
            String prompt = number.equals("5000") ? "enter_conf_pin" : "welcome";
            if (caller.awaitHeard(prompt, 1, Scenes.TIMEOUT)) {
              caller.press(keys);
            }
          });
    }
    return caller;
  }

  @Override
  public void close() {
    closed = true;
    try {
      thread.join(Scenes.TIMEOUT);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
