package dev.callflow.conference.room;

import dev.callflow.core.call.CallId;
import dev.callflow.core.call.LegEvent;
import java.util.ArrayList;
import java.util.List;

/** A caller who asks to join a room, and the decisions that the caller receives later. */
final class Caller {

  final CallId call;
  final List<LegEvent.Signal> received = new ArrayList<>();
  private String number;
  private boolean moderator;
  private boolean exempt;
  private boolean ghost;
  private boolean hungUp;

  private Caller(String name) {
    call = new CallId(name);
    number = "+49 30 " + name.hashCode();
  }

  static Caller caller(String name) {
    return new Caller(name);
  }

  Caller number(String newNumber) {
    number = newNumber;
    return this;
  }

  Caller moderator() {
    moderator = true;
    return this;
  }

  Caller exempt() {
    exempt = true;
    return this;
  }

  Caller ghost() {
    ghost = true;
    return this;
  }

  /** Ends the call. From now on, the caller rejects decisions. */
  void hangUp() {
    hungUp = true;
  }

  JoinRequest request(JoinRequest.Rules rules) {
    return new JoinRequest(
        call,
        number,
        moderator,
        exempt,
        ghost,
        rules,
        signal -> {
          received.add(signal);
          return !hungUp;
        });
  }

  Invitation invitation(JoinRequest.Rules rules) {
    return new Invitation(call, number, moderator, exempt, ghost, false, rules);
  }

  Invitation dialled(JoinRequest.Rules rules) {
    return new Invitation(call, number, moderator, exempt, ghost, true, rules);
  }
}
