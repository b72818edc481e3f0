package dev.callflow.core.file;

import dev.callflow.core.document.AccountId;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * The port to the files of recordings and uploaded media, which FreeSWITCH reads and writes as
 * well.
 *
 * <p>Safe for use by any thread. Each method blocks while the disk, or FreeSWITCH, does its work.
 * The caller checks to which account a file belongs.
 */
public interface AccountFiles {

  /**
   * Returns why no file can be reached at the moment.
   *
   * @return the reason as a clause, without a path; empty if files can be reached
   */
  Optional<String> problem();

  /**
   * Opens a recording.
   *
   * @param path the path at which FreeSWITCH has written it, as its event says
   * @return the file, or why it cannot be reached
   */
  FoundFile recording(String path);

  /**
   * Removes the file of a recording.
   *
   * @param path the path at which FreeSWITCH has written it, as its event says
   * @return whether it is gone
   */
  RemovedFile removeRecording(String path);

  /**
   * Opens an uploaded file.
   *
   * @param account the account
   * @param id the id of the media document
   * @param format the format
   * @return the file, or why it cannot be reached
   */
  FoundFile media(AccountId account, String id, SoundFormat format);

  /**
   * Stores an uploaded file. It takes the place of an earlier one only when it is complete. Reads
   * the content to its end only if the file is stored.
   *
   * @param account the account
   * @param id the id of the media document
   * @param content the content
   * @return whether it is stored
   * @throws IOException if the content cannot be read
   */
  KeptFile keepMedia(AccountId account, String id, InputStream content) throws IOException;

  /**
   * Removes an uploaded file.
   *
   * @param account the account
   * @param id the id of the media document
   * @param format the format
   * @return whether it is gone
   */
  RemovedFile removeMedia(AccountId account, String id, SoundFormat format);
}
