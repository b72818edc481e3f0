package dev.callflow.conference;

import dev.callflow.conference.room.Note;

/** A room is attacked: it has had more wrong PINs than people mistype, and delays newcomers. */
record PinAttack() implements Note {}
