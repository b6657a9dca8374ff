package org.deconvnet.spark.corpus;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.RawLocalFileSystem;

/**
 * A folder of this machine. Hadoop's local file system passes over names that it cannot open
 * (dangling links, and in a JVM without a UTF-8 locale all that are not ASCII) and refuses colons;
 * here every name is listed, and every file with a name in UTF-8 can be read, in any locale.
 *
 * @param root absolute
 */
record LocalFolder(String root) implements CorpusFolder {
  static boolean isOn(FileSystem fileSystem) {
    return WholeFile.withoutChecksums(fileSystem) instanceof RawLocalFileSystem;
  }

  private Path at(String id) {
    return Utf8Name.path(root.endsWith("/") ? root + id : root + "/" + id);
  }

  @Override
  public boolean isFile() throws IOException {
    try {
      return !Files.readAttributes(at(""), BasicFileAttributes.class).isDirectory();
    } catch (NoSuchFileException e) {
      throw notFound(e);
    }
  }

  @Override
  public List<FolderEntry> entries(String below) throws IOException {
    List<FolderEntry> entries = new ArrayList<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(at(below))) {
      for (Path file : all) {
        entries.add(entry(file));
      }
      return entries;
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    } catch (AccessDeniedException e) {
      throw new IOException("this user may not read the folder %s".formatted(at(below)), e);
    } catch (NoSuchFileException e) {
      throw notFound(e);
    }
  }

  private static IOException notFound(NoSuchFileException e) {
    FileNotFoundException notFound = new FileNotFoundException(e.getMessage());
    notFound.initCause(e);
    return notFound;
  }

  private static FolderEntry entry(Path file) {
    Utf8Name name = Utf8Name.of(file);
    try {
      BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
      String refusal = refusal(file, name, found);
      if (refusal != null) {
        return FolderEntry.refused(name.text(), found.isDirectory(), refusal);
      }
      return found.isDirectory()
          ? FolderEntry.folder(name.text())
          : FolderEntry.file(name.text(), found.size());
    } catch (IOException e) {
      return FolderEntry.refused(name.text(), false, unreachable(file, e));
    }
  }

  private static String refusal(Path file, Utf8Name name, BasicFileAttributes found)
      throws IOException {
    if (!name.isValid()) {
      return "its name is not valid UTF-8%s; rename it"
          .formatted(
              found.isDirectory() ? ", nor are its %d files read".formatted(files(file)) : "");
    }
    if (found.isOther()) {
      return "expected a file, got a pipe, a socket or a device";
    }
    return found.isDirectory() && leadsBack(file)
        ? "link that leads back to a folder it lies in"
        : null;
  }

  /** Such a link is an endless corpus. */
  private static boolean leadsBack(Path folder) throws IOException {
    return Files.isSymbolicLink(folder)
        && folder.getParent().toRealPath().startsWith(folder.toRealPath());
  }

  private static long files(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).count();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static String unreachable(Path file, IOException failure) {
    if (!Files.isSymbolicLink(file)) {
      return "cannot be read: " + failure;
    }
    return failure instanceof NoSuchFileException
        ? "link to nothing"
        : "link that leads to no file: " + failure;
  }

  @Override
  public byte[] content(String id) throws IOException {
    Path file = at(id);
    long length = Files.size(file);
    try (InputStream in = Files.newInputStream(file)) {
      return FileSource.whole(in, length);
    }
  }

  /** The place that an address leads to, links followed as far as it is there. */
  static Path place(Path path) throws IOException {
    try {
      return path.toRealPath();
    } catch (NoSuchFileException e) {
      Path parent = path.getParent();
      if (parent == null) {
        throw e;
      }
      return place(parent).resolve(path.getFileName());
    }
  }
}
