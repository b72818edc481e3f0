import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDateTime;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Rewrites jars without what depends on the machine of the build: the modes of files, which follow
 * its umask, and times in its zone. Arguments: the time of all entries, and jars, which need not
 * exist.
 */
final class PlainJars {

  public static void main(String[] arguments) throws IOException {
    LocalDateTime time = LocalDateTime.parse(arguments[0]);
    for (int i = 1; i < arguments.length; i++) {
      Path jar = Path.of(arguments[i]);
      if (Files.exists(jar)) {
        rewrite(jar, time);
      }
    }
  }

  private static void rewrite(Path jar, LocalDateTime time) throws IOException {
    Path plain = jar.resolveSibling(jar.getFileName() + ".plain");
    try (ZipFile old = new ZipFile(jar.toFile());
        ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(plain))) {
      for (var entry : old.stream().toList()) {
        ZipEntry copy = new ZipEntry(entry.getName());
        copy.setTimeLocal(time);
        out.putNextEntry(copy);
        old.getInputStream(entry).transferTo(out);
        out.closeEntry();
      }
    }
    Files.move(plain, jar, StandardCopyOption.REPLACE_EXISTING);
  }
}
