package dev.callflow.simulator.room;

import dev.callflow.simulator.model.Relation;
import java.util.ArrayList;
import java.util.List;

/**
 * The relations that restrict which members of a room hear each other. Guarded by the switch's
 * lock.
 */
public final class Relations {

  private final List<Relation> all = new ArrayList<>();

  public List<Relation> all() {
    return List.copyOf(all);
  }

  public void set(Relation relation) {
    clear(relation.member(), relation.other());
    all.add(relation);
  }

  public boolean clear(int member, int other) {
    return all.removeIf(each -> each.member() == member && each.other() == other);
  }

  void forget(int number) {
    all.removeIf(each -> each.member() == number || each.other() == number);
  }
}
