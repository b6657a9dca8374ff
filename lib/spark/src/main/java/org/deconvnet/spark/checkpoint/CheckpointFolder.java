package org.deconvnet.spark.checkpoint;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.deconvnet.store.StateArchive;
import org.deconvnet.store.StoredRecord;

/**
 * A folder, on any file system that Hadoop knows, that holds the last checkpoint of one training
 * run: {@code state-000012-<checksum>.zip}. The name bears the first 16 digits of the file's
 * sha256. A checkpoint is written under another name, renamed, and only then the one before is
 * deleted: a run that stops at any moment leaves a whole one. Not thread-safe: the driver's.
 */
public final class CheckpointFolder {
  /** Goes up with every change of what is stored, or of what learning makes of it. */
  static final int FORMAT = 2;

  /** The first format, which can still be read. */
  private static final int FIRST = 1;

  private static final Pattern STATE = Pattern.compile("state-(\\d+)-([0-9a-f]{16})\\.zip");
  private static final String WRITING = ".writing";
  private static final String HEADER = "checkpoint.json";

  private final FileSystem fileSystem;
  private final Path folder;
  private final RunIdentity identity;
  private final long nanosBetween;
  private long number;
  private long lastWritten = System.nanoTime();

  /** What a checkpoint says of itself. */
  private record Header(int format, Map<String, String> run) {}

  /** A checkpoint that was found. */
  record Found(StateArchive archive, int format) {}

  /**
   * @param configuration that knows the folder's file system
   * @param folder need not be there
   * @param between time that should pass from one checkpoint to the next within an epoch
   */
  public CheckpointFolder(
      Configuration configuration, String folder, RunIdentity identity, Duration between) {
    this.folder = new Path(folder);
    this.identity = identity;
    this.nanosBetween = between.toNanos();
    try {
      this.fileSystem = this.folder.getFileSystem(configuration);
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  private UncheckedIOException unusable(IOException e) {
    return new UncheckedIOException("checkpoint %s: %s".formatted(folder, e.getMessage()), e);
  }

  /** Whether it is time for another checkpoint within an epoch. */
  public boolean due() {
    return System.nanoTime() - lastWritten >= nanosBetween;
  }

  /**
   * The engine, resolved, of whatever run left a checkpoint here: what decides bits and is not the
   * user's to know.
   *
   * @throws CheckpointException if the checkpoint is damaged or of another format
   */
  public static Optional<String> engine(Configuration configuration, String folder) {
    RunIdentity any = new RunIdentity(Map.of());
    CheckpointFolder anyones = new CheckpointFolder(configuration, folder, any, Duration.ZERO);
    try {
      Optional<StateArchive> stored = anyones.stored();
      return stored.isEmpty()
          ? Optional.empty()
          : Optional.ofNullable(new RunIdentity(header(stored.get()).run()).engine());
    } catch (IOException e) {
      throw damaged(folder, e);
    }
  }

  /**
   * The checkpoint that an earlier run left here.
   *
   * @throws CheckpointException if it is damaged, of another format, or of a run that differs in
   *     anything that decides its result
   */
  Optional<Found> latest() {
    try {
      Optional<StateArchive> stored = stored();
      if (stored.isEmpty()) {
        return Optional.empty();
      }
      Header header = header(stored.get());
      identity.requireSame(new RunIdentity(header.run()), stored.get().location());
      return Optional.of(new Found(stored.get(), header.format()));
    } catch (IOException e) {
      throw damaged(folder.toString(), e);
    }
  }

  private Optional<StateArchive> stored() throws IOException {
    Optional<Path> path = latestPath();
    return path.isEmpty()
        ? Optional.empty()
        : Optional.of(StateArchive.of(bytes(path.get()), path.get().toString()));
  }

  /** For whoever finds that what is in a checkpoint is not what it should be. */
  public static CheckpointException damaged(String place, Exception cause) {
    return new CheckpointException(
        place,
        "it is damaged: " + cause.getMessage(),
        "if there is a copy of it, put that in its place",
        cause);
  }

  private Optional<Path> latestPath() throws IOException {
    Path latest = null;
    for (FileStatus file : list()) {
      Matcher name = STATE.matcher(file.getPath().getName());
      if (name.matches() && Long.parseLong(name.group(1)) >= number) {
        number = Long.parseLong(name.group(1));
        latest = file.getPath();
      }
    }
    return Optional.ofNullable(latest);
  }

  private FileStatus[] list() throws IOException {
    try {
      return fileSystem.listStatus(folder);
    } catch (FileNotFoundException e) {
      return new FileStatus[0];
    }
  }

  private byte[] bytes(Path path) throws IOException {
    Matcher name = STATE.matcher(path.getName());
    if (!name.matches()) {
      throw new IllegalArgumentException("not the name of a checkpoint: " + path);
    }
    byte[] bytes;
    try (InputStream in = fileSystem.open(path)) {
      bytes = in.readAllBytes();
    }
    if (!checksum(bytes).equals(name.group(2))) {
      throw new IOException(
          "%s: expected checksum %s, as its name says, got %s"
              .formatted(path, name.group(2), checksum(bytes)));
    }
    return bytes;
  }

  private static Header header(StateArchive archive) throws IOException {
    Header header = StoredRecord.read(Header.class, HEADER, archive);
    if (header.format() < FIRST || header.format() > FORMAT) {
      throw new CheckpointException(
          archive.location(),
          "expected format %d or %d, got %d: another release wrote it"
              .formatted(FIRST, FORMAT, header.format()),
          "go on with that release",
          null);
    }
    return header;
  }

  /** An archive for the next checkpoint, which already says whose it is. */
  StateArchive begin() throws IOException {
    StateArchive archive = new StateArchive(folder.toString());
    StoredRecord.write(new Header(FORMAT, new LinkedHashMap<>(identity.parts())), HEADER, archive);
    return archive;
  }

  /** Where the next checkpoint may keep files that its archive does not hold; empty. */
  public Path besideNext() throws IOException {
    Path beside = new Path(folder, "codes-%06d".formatted(number + 1));
    // An attempt that broke off may have left files there, cut in other partitions.
    fileSystem.delete(beside, true);
    return beside;
  }

  /** Its address, for messages. */
  public String place() {
    return folder.toString();
  }

  Path in(String name) {
    return new Path(folder, name);
  }

  /** Makes this the checkpoint, at one stroke; what belongs to none or an earlier one goes. */
  void commit(StateArchive archive) throws IOException {
    byte[] bytes = archive.toBytes();
    Path path = new Path(folder, "state-%06d-%s.zip".formatted(number + 1, checksum(bytes)));
    Path writing = new Path(folder, path.getName() + WRITING);
    try (OutputStream out = fileSystem.create(writing, true)) {
      out.write(bytes);
    }
    if (!fileSystem.rename(writing, path)) {
      throw new IOException("cannot rename %s to %s".formatted(writing, path));
    }
    number++;
    lastWritten = System.nanoTime();
    deleteAllBut(path.getName(), "codes-%06d".formatted(number));
  }

  private void deleteAllBut(String state, String beside) throws IOException {
    for (FileStatus file : list()) {
      String name = file.getPath().getName();
      boolean ours = name.startsWith("state-") || name.startsWith("codes-");
      if (ours && !name.equals(state) && !name.equals(beside)) {
        fileSystem.delete(file.getPath(), true);
      }
    }
  }

  private static String checksum(byte[] bytes) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
      return HexFormat.of().formatHex(hash, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-256 is part of every Java platform", e);
    }
  }
}
