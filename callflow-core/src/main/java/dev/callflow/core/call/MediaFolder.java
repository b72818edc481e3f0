package dev.callflow.core.call;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A folder on the switch's file system whose files may be played.
 *
 * <p>Paths are compared as strings and links are not resolved, because the switch may run on
 * another machine. The segment {@code {account}} matches the id of an account.
 *
 * @param path the segments; the first is empty if the path is absolute
 */
record MediaFolder(List<String> path) {

  private static final String ACCOUNT = "{account}";

  /**
   * Excludes every character that has a special meaning in FreeSWITCH, a shell or a quoted string.
   */
  private static final Pattern SEGMENT =
      Pattern.compile("(?! )(?!\\.{1,2}$)[\\p{L}\\p{N} _.+()-]{1,128}(?<! )");

  /**
   * The extensions of sound files. No others are allowed, because FreeSWITCH selects the reader for
   * a file by its extension, and one of the readers, {@code shell_stream}, runs commands.
   */
  private static final Set<String> SOUNDS =
      Set.of(
          "wav", "mp3", "mp2", "ogg", "oga", "opus", "flac", "au", "aif", "aiff", "aifc", "snd",
          "gsm", "al", "alaw", "ul", "ulaw", "raw", "sln", "r8", "r16", "r24", "r32", "voc", "w64",
          "caf", "m4a", "mp4", "m4v", "mov", "mkv", "webm", "avi", "pcmu", "pcma", "g722", "g729",
          "g723", "g726", "amr", "speex", "spx", "ilbc", "l16");

  MediaFolder {
    path = List.copyOf(path);
  }

  static MediaFolder of(String text) {
    String folder = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    List<String> path = List.of(folder.split("/", -1));
    List<String> names = folder.startsWith("/") ? path.subList(1, path.size()) : path;
    if (!names.stream().allMatch(name -> name.equals(ACCOUNT) || isName(name))) {
      throw new IllegalArgumentException(
          "not a media folder: "
              + text
              + "; expected, for example, /srv/media or"
              + " /srv/media/{account}, without . or ..");
    }
    return new MediaFolder(path);
  }

  /**
   * Returns whether a path denotes a sound file in this folder or in one of its subfolders.
   *
   * @param account the account that {@code {account}} must match; empty for any account
   */
  boolean contains(String file, Optional<String> account) {
    List<String> of = List.of(file.split("/", -1));
    if (of.size() <= path.size() || !isFile(file)) {
      return false;
    }
    for (int i = 0; i < path.size(); i++) {
      String name = path.get(i);
      boolean same =
          name.equals(ACCOUNT)
              ? account.map(of.get(i)::equals).orElse(true)
              : name.equals(of.get(i));
      if (!same) {
        return false;
      }
    }
    return true;
  }

  private static boolean isFile(String file) {
    List<String> path = List.of(file.split("/", -1));
    List<String> names = file.startsWith("/") ? path.subList(1, path.size()) : path;
    return names.stream().allMatch(MediaFolder::isName) && isSound(names.getLast());
  }

  /** Returns whether a string is a valid name of a single file or folder. */
  static boolean isName(String text) {
    return SEGMENT.matcher(text).matches();
  }

  /** Returns whether a file has the extension of a sound file, or no extension. */
  static boolean isSound(String name) {
    int dot = name.lastIndexOf('.');
    return dot < 0 || SOUNDS.contains(name.substring(dot + 1).toLowerCase(Locale.ROOT));
  }
}
