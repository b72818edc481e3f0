package dev.callflow.api.file;

import dev.callflow.api.answer.Answer;
import dev.callflow.api.answer.BodyRefusedException;
import dev.callflow.api.answer.FailureCode;
import dev.callflow.api.answer.Violations;
import dev.callflow.core.file.KeptFile;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers to requests whose file was not stored. */
final class KeptFiles {

  private static final Logger LOG = LoggerFactory.getLogger(KeptFiles.class);

  private KeptFiles() {}

  static Answer refused(KeptFile.Refusal refusal) {
    return switch (refusal) {
      case KeptFile.OtherFormat other ->
          Violations.of("raw", "format", "must be the content of a WAV or MP3 file");
      case KeptFile.TooLarge(long maximum) ->
          Answer.refused(FailureCode.TOO_LARGE, "the file must have at most " + maximum + " bytes");
      case KeptFile.NoRoom(long maximum) ->
          Answer.refused(
              FailureCode.QUOTA_EXCEEDED,
              "the uploaded files of the account must have at most " + maximum + " bytes together");
      case KeptFile.DiskFull full ->
          Answer.refused(
              FailureCode.FULL,
              "the file was not stored, because the disk of the folder for files is full");
      case KeptFile.Unreachable(String why) -> Downloads.unreachable(why);
    };
  }

  /** Answers a request whose body has not arrived. */
  static Answer unread(IOException failure) {
    if (failure instanceof BodyRefusedException refused) {
      return refused.answer();
    }
    LOG.debug("cannot read the file in the body of a request", failure);
    return Answer.refused(FailureCode.INVALID_ENVELOPE, "the body could not be read to its end");
  }
}
