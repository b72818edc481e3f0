package dev.callflow.conference;

import dev.callflow.conference.room.Note;

/** More wrong PINs have come for a room than people mistype. */
record PinAttack() implements Note {}
