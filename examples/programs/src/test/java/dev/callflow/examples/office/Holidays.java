package dev.callflow.examples.office;

import java.time.LocalDate;

/** The calendar of an office. */
interface Holidays {

  /** Returns whether a day is a holiday; must answer within two seconds, while callers wait. */
  boolean include(LocalDate day);
}
