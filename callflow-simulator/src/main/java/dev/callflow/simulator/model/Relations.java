package dev.callflow.simulator.model;

import java.util.ArrayList;
import java.util.List;

/** Who in a room does not hear, or is not heard by, whom; used inside the guard only. */
final class Relations {

  private final List<Relation> all = new ArrayList<>();

  List<Relation> all() {
    return List.copyOf(all);
  }

  void set(Relation relation) {
    clear(relation.member(), relation.other());
    all.add(relation);
  }

  boolean clear(int member, int other) {
    return all.removeIf(each -> each.member() == member && each.other() == other);
  }

  void forget(int number) {
    all.removeIf(each -> each.member() == number || each.other() == number);
  }
}
