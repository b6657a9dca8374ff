package org.deconvnet.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The finished jar is small, holds what it must, and nothing that Spark has in another form. */
class JobJarIT {
  private static final Path TARGET =
      Path.of(System.getProperty("deconvnet.root"), "jobs", "target");
  private static final Path JAR = TARGET.resolve("deconvnet.jar");
  private static final long MOST_BYTES = 60_000_000;

  @Test
  void itFitsItsLimit() throws IOException {
    assertThat(Files.size(JAR)).isLessThanOrEqualTo(MOST_BYTES);
  }

  @Test
  void eachNameIsThereOnce() throws IOException {
    assertThat(entries(JAR)).extracting(ZipEntry::getName).doesNotHaveDuplicates();
  }

  @Test
  void whatSparkBringsIsNotInIt() throws IOException {
    assertThat(classes(JAR).keySet())
        .contains("org/deconvnet/jobs/Main.class", "libsvm/svm.class", "picocli/CommandLine.class")
        .noneMatch(name -> name.matches("(org/apache|scala|com/fasterxml|software|org/slf4j)/.*"));
  }

  @Test
  void noClassOfSparksJarsIsInItWithOtherBytes() throws IOException {
    List<Path> beside = besideTheJar();
    assertThat(beside).hasSizeGreaterThan(100);
    assertThat(conflicts(JAR, beside)).isEmpty();
  }

  @Test
  void aClassWithOtherBytesIsFound(@TempDir Path folder) throws IOException {
    Path ours = jar(folder.resolve("ours.jar"), "a/A.class", "a/B.class");
    Path same = Files.copy(ours, folder.resolve("same.jar"));
    Path other = folder.resolve("other.jar");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(other))) {
      write(zip, "a/B.class", "something else");
    }
    assertThat(conflicts(ours, List.of(same))).isEmpty();
    assertThat(conflicts(ours, List.of(same, other))).containsExactly("a/B.class: other.jar");
  }

  @Test
  void licencesOfWhatItHoldsAreInIt() throws IOException {
    assertThat(entries(JAR))
        .extracting(ZipEntry::getName)
        .contains(
            "META-INF/LICENSE",
            "META-INF/NOTICE",
            "META-INF/licenses/libsvm.txt",
            "META-INF/licenses/twelvemonkeys.txt");
  }

  private static List<Path> besideTheJar() throws IOException {
    String classpath = Files.readString(TARGET.resolve("launcher").resolve("classpath")).trim();
    return List.of(classpath.split(File.pathSeparator)).stream().map(Path::of).toList();
  }

  private static List<String> conflicts(Path jar, List<Path> others) throws IOException {
    Map<String, String> ours = classes(jar);
    List<String> found = new ArrayList<>();
    for (Path other : others) {
      classes(other)
          .forEach(
              (name, bytes) -> {
                if (ours.containsKey(name) && !ours.get(name).equals(bytes)) {
                  found.add(name + ": " + other.getFileName());
                }
              });
    }
    return found;
  }

  /** Classes by name, each with its checksum and size; those of one Java version only left out. */
  private static Map<String, String> classes(Path jar) throws IOException {
    Map<String, String> classes = new HashMap<>();
    for (ZipEntry entry : entries(jar)) {
      String name = entry.getName();
      if (name.endsWith(".class") && !name.startsWith("META-INF/")) {
        classes.put(name, entry.getCrc() + " " + entry.getSize());
      }
    }
    return classes;
  }

  private static List<ZipEntry> entries(Path jar) throws IOException {
    try (JarFile file = new JarFile(jar.toFile())) {
      return new ArrayList<>(file.stream().toList());
    }
  }

  private static Path jar(Path path, String... names) throws IOException {
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(path))) {
      for (String name : names) {
        write(zip, name, name);
      }
    }
    return path;
  }

  private static void write(ZipOutputStream zip, String name, String content) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    zip.write(content.getBytes(StandardCharsets.UTF_8));
    zip.closeEntry();
  }
}
