package org.deconvnet.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Documents lead somewhere and stay short enough to be read. */
class DocumentsTest {
  static final Path ROOT = Path.of(System.getProperty("deconvnet.root"));
  private static final Set<String> NOT_OURS = Set.of(".git", "target", "out", "node_modules");
  private static final Pattern LINK = Pattern.compile("\\[[^\\]]*\\]\\(([^)\\s]+)\\)");
  private static final Pattern CODE = Pattern.compile("`[^`]*`");
  private static final Pattern TWO_SENTENCES = Pattern.compile("[.!?;]\\s+\\S");
  private static final int LONGEST_LINE = 420;
  private static final int README_LINES = 160;

  @Test
  void everyLinkAndAnchorLeadsSomewhere() throws IOException {
    assertThat(documents(ROOT)).hasSizeGreaterThan(20);
    assertThat(brokenLinks(ROOT)).isEmpty();
  }

  @Test
  void aLinkThatLeadsNowhereIsFound(@TempDir Path root) throws IOException {
    Files.writeString(
        root.resolve("a.md"),
        "# The λ of `a`: one\n[b](b.md) [c](c.md) [own](#the-λ-of-a-one) `[d](d.md)`\n");
    Files.writeString(
        root.resolve("b.md"),
        "[a](a.md#the-λ-of-a-one) ![x](x.png) [web](https://example.org/x)\n"
            + "```\n# no heading\n[e](e.md)\n```\n[b](#no-heading) [out](../b.md)\n");
    assertThat(brokenLinks(root))
        .containsExactly("a.md: c.md", "b.md: x.png", "b.md: #no-heading", "b.md: ../b.md");
  }

  @Test
  void noLineIsTooLong() throws IOException {
    for (Path document : documents(ROOT)) {
      assertThat(Files.readAllLines(document))
          .as(document.toString())
          .allMatch(line -> line.length() <= LONGEST_LINE);
    }
  }

  @Test
  void theReadmeFitsFourScreens() throws IOException {
    List<String> lines = Files.readAllLines(ROOT.resolve("README.md"));
    assertThat(lines).hasSizeLessThanOrEqualTo(README_LINES);
    assertThat(cells(lines)).isNotEmpty().noneMatch(cell -> TWO_SENTENCES.matcher(cell).find());
  }

  private static List<String> cells(List<String> lines) {
    return lines.stream()
        .filter(line -> line.startsWith("|"))
        .flatMap(line -> Arrays.stream(line.split("\\|")))
        .toList();
  }

  static List<Path> documents(Path root) throws IOException {
    List<Path> found = new ArrayList<>();
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes unused) {
            boolean ours = !NOT_OURS.contains(String.valueOf(folder.getFileName()));
            return ours || folder.equals(root)
                ? FileVisitResult.CONTINUE
                : FileVisitResult.SKIP_SUBTREE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes unused) {
            if (file.toString().endsWith(".md")) {
              found.add(file);
            }
            return FileVisitResult.CONTINUE;
          }
        });
    return found.stream().sorted().toList();
  }

  /** Each as "document: link". */
  private static List<String> brokenLinks(Path root) throws IOException {
    List<String> broken = new ArrayList<>();
    for (Path document : documents(root)) {
      for (String line : prose(document)) {
        for (String link : links(line)) {
          if (!leadsSomewhere(root, document, link)) {
            broken.add(root.relativize(document) + ": " + link);
          }
        }
      }
    }
    return broken;
  }

  private static List<String> links(String line) {
    return LINK.matcher(CODE.matcher(line).replaceAll("")).results().map(r -> r.group(1)).toList();
  }

  /** Other hosts are not asked. */
  private static boolean leadsSomewhere(Path root, Path document, String link) throws IOException {
    if (link.matches("(https?|mailto):.*")) {
      return true;
    }
    String[] parts = link.split("#", 2);
    Path target = parts[0].isEmpty() ? document : document.resolveSibling(parts[0]).normalize();
    return target.startsWith(root)
        && Files.exists(target)
        && (parts.length == 1 || anchors(target).contains(parts[1]));
  }

  /** The lines outside of blocks of code. */
  private static List<String> prose(Path document) throws IOException {
    List<String> prose = new ArrayList<>();
    boolean code = false;
    for (String line : Files.readAllLines(document)) {
      boolean fence = line.startsWith("```");
      code ^= fence;
      if (!code && !fence) {
        prose.add(line);
      }
    }
    return prose;
  }

  /** As GitHub makes them of headings. */
  private static List<String> anchors(Path document) throws IOException {
    return prose(document).stream()
        .filter(line -> line.matches("#{1,6} .*"))
        .map(line -> line.replaceFirst("#+ ", "").strip().toLowerCase(Locale.ROOT))
        .map(title -> title.replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-'))
        .toList();
  }
}
