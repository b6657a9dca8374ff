package org.deconvnet.spark.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.SparkException;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.deconvnet.Mutations;
import org.deconvnet.preprocess.Oriented;
import org.deconvnet.spark.BarCorpus;
import org.deconvnet.spark.LocalSpark;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PackedCorpusTest {
  /** So small that 12 images make several shards. */
  private static final long SHARD = 1500;

  /** Each is a Spark job; thousands take minutes: {@code -Dfuzz.shards} of the test's JVM. */
  private static final int MUTATED_SHARDS = Integer.getInteger("fuzz.shards", 60);

  @TempDir Path folder;
  private Path files;
  private Path packed;

  @BeforeEach
  void write() throws IOException {
    files = folder.resolve("files [x]");
    packed = folder.resolve("packed {y}");
    BarCorpus.write(files, 3, 4, 1);
    Files.copy(files.resolve("class0/image0.png"), files.resolve("stray.png"));
    Path odd = Files.createDirectories(files.resolve("with space & ünï/deep"));
    Files.copy(files.resolve("class0/image1.png"), odd.resolve("a b*.png"));
    Files.createDirectories(packed);
  }

  private CorpusPacker.Packed pack(Path to) {
    return CorpusPacker.of(LocalSpark.session(), files.toString()).pack(to.toString(), SHARD);
  }

  private static ImageCorpus open(Path corpus) {
    return ImageCorpus.open(LocalSpark.session(), corpus.toString(), Set.of(), 0);
  }

  private static Map<String, List<Object>> rows(ImageCorpus corpus, int partitions) {
    Map<String, List<Object>> rows = new LinkedHashMap<>();
    for (Row row : corpus.read(partitions).orderBy("path").collectAsList()) {
      byte[] content = row.getAs(2);
      List<Object> previous =
          rows.put(row.getString(0), Arrays.asList(row.getString(1), Arrays.hashCode(content)));
      assertThat(previous).as("twice: " + row.getString(0)).isNull();
    }
    return rows;
  }

  @Test
  void packedImagesHaveTheIdsClassesAndBytesOfTheFiles() {
    CorpusPacker.Packed result = pack(packed);
    assertThat(result.images()).isEqualTo(14);
    assertThat(result.shards()).isGreaterThan(3);
    Map<String, List<Object>> expected = rows(open(files), 0);
    assertThat(expected).hasSize(14).containsKey("with space & ünï/deep/a b*.png");
    for (int partitions : new int[] {0, 1, 5}) {
      assertThat(rows(open(packed), partitions)).isEqualTo(expected);
      assertThat(rows(open(files), partitions)).isEqualTo(expected);
    }
    assertThat(open(packed).classes()).isEqualTo(open(files).classes());
    assertThat(open(packed).bytes()).isEqualTo(open(files).bytes());
    assertThat(open(packed).read(5).rdd().getNumPartitions()).isEqualTo(5);
    assertThat(open(files).read(5).rdd().getNumPartitions()).isEqualTo(5);
  }

  @Test
  void shardsSayTheImagesSizes() {
    pack(packed);
    Row row =
        LocalSpark.session()
            .read()
            .parquet(packed.toString().replaceAll("[{}]", "\\\\$0") + "/shards")
            .where("path = 'class1/image2.png'")
            .first();
    assertThat(row.<String>getAs("label")).isEqualTo("class1");
    assertThat(row.<Integer>getAs("width")).isEqualTo(52);
    assertThat(row.<Integer>getAs("height")).isEqualTo(40);
  }

  /** The bytes are the file's own, so a reader may still take the image as it is stored. */
  @Test
  void sizesAreThoseOfTheUprightImagesAndTheDescriptionSaysSo() throws IOException {
    Path image = files.resolve("class1/image2.png");
    byte[] turned =
        Oriented.png(Files.readAllBytes(image), Oriented.block(6, ByteOrder.LITTLE_ENDIAN));
    Files.write(image, turned);
    pack(packed);
    Row row =
        LocalSpark.session()
            .read()
            .parquet(packed.toString().replaceAll("[{}]", "\\\\$0") + "/shards")
            .where("path = 'class1/image2.png'")
            .first();
    assertThat(row.<Integer>getAs("width")).isEqualTo(40);
    assertThat(row.<Integer>getAs("height")).isEqualTo(52);
    assertThat(row.<byte[]>getAs("content")).isEqualTo(turned);
    assertThat(Files.readString(packed.resolve("corpus.json"))).contains("\"upright\" : true");
  }

  @Test
  void corporaOfReleasesThatSaidNothingOfTheOrientationAreRead() throws IOException {
    pack(packed);
    Path json = packed.resolve("corpus.json");
    String text = Files.readString(json);
    assertThat(text).contains("  \"upright\" : true,\n");
    Files.writeString(json, text.replace("  \"upright\" : true,\n", ""));
    assertThat(rows(open(packed), 2)).isEqualTo(rows(open(files), 0));
    try (InputStream in = Files.newInputStream(json)) {
      assertThat(PackedDescription.read(in, "here").upright()).isFalse();
    }
  }

  @Test
  void classesAreChosenAndIdsDrawnAsFromFiles() {
    pack(packed);
    ImageCorpus loose =
        ImageCorpus.open(LocalSpark.session(), files.toString(), Set.of("class0"), 2);
    ImageCorpus shards =
        ImageCorpus.open(LocalSpark.session(), packed.toString(), Set.of("class0"), 2);
    assertThat(shards.classes()).isEqualTo(loose.classes()).containsExactly("class1", "class2");
    assertThat(shards.files()).isEqualTo(loose.files()).isEqualTo(8);
    assertThat(rows(shards, 3)).isEqualTo(rows(loose, 0)).hasSize(8);
    assertThat(shards.first()).isEqualTo(loose.first()).hasValue("class1/image0.png");
    List<String> drawn = shards.draw(5, 7);
    assertThat(drawn).isEqualTo(loose.draw(5, 7)).hasSize(5).isNotEqualTo(loose.draw(5, 8));
    assertThat(shards.draw(99, 7)).isEqualTo(loose.draw(99, 7)).hasSize(8).startsWith(drawn.get(0));
    assertThat(shards.read(drawn, 2).collectAsList())
        .extracting(row -> row.getString(0))
        .containsExactlyInAnyOrderElementsOf(drawn);
  }

  @Test
  void theSameCorpusGivesTheSameBytesAgain() throws IOException {
    pack(packed);
    Path again = Files.createDirectories(folder.resolve("again"));
    pack(again);
    List<Path> names;
    try (Stream<Path> all = Files.walk(packed)) {
      names = all.filter(Files::isRegularFile).map(packed::relativize).sorted().toList();
    }
    assertThat(names).contains(Path.of("corpus.json"), Path.of("shards/shard-00000.parquet"));
    for (Path name : names) {
      assertThat(again.resolve(name)).hasSameBinaryContentAs(packed.resolve(name));
    }
  }

  @Test
  void filesThatAreNoImagesAreNamedAndTheirFolderStaysAClass() throws IOException {
    Path kind = Files.createDirectories(files.resolve("class9"));
    Files.writeString(kind.resolve("notes.txt"), "not a picture");
    Files.write(kind.resolve("empty.jpg"), new byte[0]);
    byte[] png = Files.readAllBytes(files.resolve("stray.png"));
    Files.write(kind.resolve("short.png"), Arrays.copyOf(png, png.length / 2));
    CorpusPacker.Packed result = pack(packed);
    assertThat(result.images()).isEqualTo(14);
    assertThat(result.skipped())
        .extracting(SkippedFile::path)
        .containsExactly("class9/empty.jpg", "class9/notes.txt", "class9/short.png");
    assertThat(open(packed).classes()).isEqualTo(open(files).classes()).contains("class9");
  }

  @Test
  void aFolderWithoutImagesIsAnError() throws IOException {
    Path texts = Files.createDirectories(folder.resolve("texts"));
    Files.writeString(texts.resolve("a.txt"), "not a picture");
    CorpusPacker packer = CorpusPacker.of(LocalSpark.session(), texts.toString());
    assertThatThrownBy(() -> packer.pack(packed.toString(), SHARD))
        .isInstanceOf(CorpusException.class)
        .hasMessageContaining("expected images, got 1 file and no image")
        .hasMessageContaining("a.txt");
    assertThatThrownBy(() -> open(packed)).hasMessageContaining("has not ended, or broke off");
  }

  @Test
  void packingTwiceIsRefused() {
    pack(packed);
    assertThatThrownBy(() -> CorpusPacker.of(LocalSpark.session(), packed.toString()))
        .hasMessageContaining("expected loose image files, got a packed corpus");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "formatVersion" : 1         | "formatVersion" : 9            | expected a packed corpus of format 1, got 9
          "formatVersion" : 1         | "version" : 1                  | expected a packed corpus of format 1, got none
          "deconvnet packed corpus"   | "something"                    | not of a packed corpus; if these are loose files, rename it
          "complete" : true           | "complete" : false             | has not ended, or broke off
          "shards"                    | "pieces"                       | is damaged
          {                           | <                              | is damaged
          shard-00001.parquet         | shard-00000.parquet            | expected each shard once
          shard-00001.parquet         | ../../shard-1.parquet          | expected a shard's file name
          shard-00001.parquet         | shard-77777.parquet            | expected shard-77777.parquet of
          "class1"                    | "class0"                       | expected each class once
          "class1"                    | "../class1"                    | without empty parts
          "images" : 4                | "images" : -4                  | expected a count of at least 0
          """)
  void damagedAndForeignDescriptionsAreNamed(String good, String bad, String message)
      throws IOException {
    pack(packed);
    Path json = packed.resolve("corpus.json");
    String text = Files.readString(json);
    assertThat(text).contains(good);
    Files.writeString(json, text.replace(good, bad));
    assertThatThrownBy(() -> open(packed))
        .isInstanceOf(CorpusException.class)
        .hasMessageContaining(message);
  }

  @Test
  void missingShortAndStrangeShardsAreNamed() throws IOException {
    pack(packed);
    Path shard = packed.resolve("shards/shard-00001.parquet");
    byte[] whole = Files.readAllBytes(shard);
    Files.write(shard, Arrays.copyOf(whole, whole.length - 1));
    assertThatThrownBy(() -> open(packed))
        .hasMessageContaining("expected shard-00001.parquet of " + whole.length + " bytes")
        .hasMessageContaining("got " + (whole.length - 1) + " bytes");
    Files.delete(shard);
    assertThatThrownBy(() -> open(packed)).hasMessageContaining("got none");
    Files.write(shard, whole);
    Files.write(packed.resolve("shards/other.parquet"), whole);
    assertThatThrownBy(() -> open(packed)).hasMessageContaining("got also other.parquet");
  }

  @Test
  void mutatedDescriptionsNeverEscapeAsAnotherError() throws IOException {
    pack(packed);
    byte[] json = Files.readAllBytes(packed.resolve("corpus.json"));
    Mutations mutations = new Mutations(5);
    int read = 0;
    for (int n = 0; n < 3000; n++) {
      byte[] mutated = mutations.of(json);
      try {
        PackedDescription.read(new java.io.ByteArrayInputStream(mutated), "here");
        read++;
      } catch (CorpusException expected) {
        assertThat(expected).hasMessageContaining("here");
      }
    }
    assertThat(read).isBetween(1, 1500);
  }

  /** Where the description gives a damaged shard its length, Parquet has to find the damage. */
  @Test
  void mutatedShardsAreNamed() throws IOException {
    CorpusPacker.of(LocalSpark.session(), files.toString()).pack(packed.toString(), 1 << 20);
    Map<String, List<Object>> sound = rows(open(packed), 0);
    byte[] shard = Files.readAllBytes(packed.resolve("shards/shard-00000.parquet"));
    String json = Files.readString(packed.resolve("corpus.json"));
    Mutations mutations = new Mutations(6);
    int refused = 0;
    for (int n = 0; n < MUTATED_SHARDS; n++) {
      replaceShard(mutations.of(shard), shard.length, json);
      try {
        assertThat(sound.entrySet()).containsAll(rows(open(packed), 0).entrySet());
      } catch (Exception expected) {
        assertThat(expected)
            .isInstanceOf(SparkException.class)
            .hasMessageContaining("shard-00000.parquet");
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(MUTATED_SHARDS / 2);
  }

  private void replaceShard(byte[] by, int length, String json) throws IOException {
    String before = "\"bytes\" : " + length;
    assertThat(json).contains(before);
    Files.write(packed.resolve("shards/shard-00000.parquet"), by);
    Files.writeString(
        packed.resolve("corpus.json"), json.replace(before, "\"bytes\" : " + by.length));
  }

  @Test
  void aChangedByteInAShardIsNamed() throws IOException {
    pack(packed);
    Path shard = packed.resolve("shards/shard-00001.parquet");
    byte[] bytes = Files.readAllBytes(shard);
    bytes[bytes.length / 3] ^= 1;
    Files.write(shard, bytes);
    assertThatThrownBy(() -> open(packed).read().collectAsList())
        .hasStackTraceContaining("shard-00001.parquet");
  }

  @Test
  void pathsThatLeadOutOfTheCorpusAreRefused() throws IOException {
    pack(packed);
    StructType schema =
        new StructType()
            .add("path", DataTypes.StringType)
            .add("label", DataTypes.StringType)
            .add("content", DataTypes.BinaryType)
            .add("width", DataTypes.IntegerType)
            .add("height", DataTypes.IntegerType);
    Path shards = folder.resolve("foreign");
    LocalSpark.session()
        .createDataFrame(
            List.of(RowFactory.create("../../etc/x.png", "..", new byte[] {1}, 1, 1)), schema)
        .coalesce(1)
        .write()
        .parquet(shards.toString());
    Path foreign;
    try (Stream<Path> all = Files.list(shards)) {
      foreign = all.filter(f -> f.toString().endsWith(".parquet")).findFirst().orElseThrow();
    }
    Path shard = packed.resolve("shards/shard-00001.parquet");
    long before = Files.size(shard);
    Files.copy(foreign, shard, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    Path json = packed.resolve("corpus.json");
    Files.writeString(
        json,
        Files.readString(json)
            .replace("\"bytes\" : " + before, "\"bytes\" : " + Files.size(shard)));
    assertThatThrownBy(() -> open(packed).read().collectAsList())
        .hasStackTraceContaining("image '../../etc/x.png': expected a path below the corpus");
  }
}
