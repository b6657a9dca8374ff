package org.deconvnet.spark.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.FilterFileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.hadoop.util.functional.RemoteIterators;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Folders that Hadoop alone can read, here through its own reading of local files. */
class HadoopFolderTest {
  @TempDir java.nio.file.Path folder;

  /** A file system of which this program knows nothing. */
  private static FileSystem foreign(FileStatus... more) throws IOException {
    LocalFileSystem local = FileSystem.getLocal(new Configuration(false));
    return new FilterFileSystem(local.getRawFileSystem()) {
      @Override
      public RemoteIterator<FileStatus> listStatusIterator(Path path) throws IOException {
        List<FileStatus> all = new ArrayList<>(List.of(super.listStatus(path)));
        all.addAll(List.of(more));
        return RemoteIterators.remoteIteratorFromIterable(all);
      }
    };
  }

  private Path root() {
    return new Path(folder.toUri().getPath().replaceAll("/$", ""));
  }

  private void file(String id) throws IOException {
    Files.createDirectories(folder.resolve(id).getParent());
    Files.writeString(folder.resolve(id), id);
  }

  @Test
  void namesAreFoundAsOnTheLocalFileSystem() throws IOException {
    for (String id : List.of("a/ü {x}*.png", "a/_MG_1.png", "_b/%41.png", "a/x:y.png")) {
      file(id);
    }
    file(".hidden");
    file("_SUCCESS");
    file("_temporary/a.png");
    file("out/_deconvnet");
    List<String> there = new ArrayList<>();
    FileSystem fileSystem = foreign();
    new CorpusWalk(fileSystem, root(), f -> there.add(f.id()), s -> there.add("-" + s.path()))
        .run();
    assertThat(there)
        .containsExactly("_b/%41.png", "a/_MG_1.png", "a/x:y.png", "a/ü {x}*.png", "-out/");
    CorpusFolder corpus = CorpusFolder.of(fileSystem, root());
    assertThat(corpus).isInstanceOf(HadoopFolder.class);
    assertThat(new String(corpus.content("a/x:y.png"), java.nio.charset.StandardCharsets.UTF_8))
        .isEqualTo("a/x:y.png");
  }

  /** As S3 lists the keys below "ROOT//": Hadoop makes one slash of the two. */
  @Test
  void aNameThatHadoopReadsAsAnotherIsNamedAndNotFollowed() throws IOException {
    file("a.png");
    FileStatus itself = new FileStatus(0, true, 1, 1, 0, root());
    List<String> there = new ArrayList<>();
    new CorpusWalk(
            foreign(itself),
            root(),
            f -> there.add(f.id()),
            s -> there.add(s.path() + ": " + s.reason()))
        .run();
    assertThat(there).hasSize(2).contains("a.png");
    assertThat(there).anyMatch(line -> line.contains("Hadoop cannot open its name"));
  }

  @Test
  void aWholeBucketIsAFolder() throws IOException {
    FileStatus file = new FileStatus(5, false, 1, 1, 0, new Path("s3a://bucket/b.png"));
    FileSystem bucket =
        new FilterFileSystem() {
          @Override
          public RemoteIterator<FileStatus> listStatusIterator(Path path) {
            return RemoteIterators.remoteIteratorFromSingleton(file);
          }
        };
    for (String root : new String[] {"s3a://bucket", "s3a://bucket/"}) {
      assertThat(new HadoopFolder(bucket, new Path(root)).entries(""))
          .containsExactly(FolderEntry.file("b.png", 5));
    }
  }

  @Test
  void aNameThatChecksumsCannotExpressIsRefused() throws IOException {
    file("12:30.png");
    file("b.png");
    FileSystem checksums = new LocalFileSystem(new RawLocalFileSystem());
    checksums.initialize(java.net.URI.create("file:///"), new Configuration(false));
    List<FolderEntry> entries = new HadoopFolder(checksums, root()).entries("");
    assertThat(entries).hasSize(2).contains(FolderEntry.file("b.png", 5));
    assertThat(entries)
        .filteredOn(entry -> entry.name().equals("12:30.png"))
        .allMatch(entry -> entry.refusal().contains("rename it"));
  }
}
