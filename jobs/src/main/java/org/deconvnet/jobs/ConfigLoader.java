package org.deconvnet.jobs;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import org.deconvnet.jobs.words.NearestName;
import org.deconvnet.jobs.yaml.YamlDocument;
import org.deconvnet.jobs.yaml.YamlMistakeException;
import org.deconvnet.spark.config.ExperimentOptions;
import org.deconvnet.spark.config.GenerationOptions;
import org.deconvnet.spark.config.OnnxSettings;
import org.deconvnet.spark.config.Sections;
import org.deconvnet.spark.config.SegmentExperiment;
import org.deconvnet.spark.corpus.NoSuchClassException;

/** Reads a YAML configuration. A key that is not there has its default; no other may be there. */
final class ConfigLoader {
  private static final String EXCLUDE = "corpus.exclude";

  private ConfigLoader() {}

  static ExperimentOptions load(SparkSession spark, String file) {
    YamlDocument document = document(spark, file);
    if (document.isEmpty()) {
      System.err.printf(
          "deconvnet: warning: config %s: no key in it, so every key has its default;"
              + " docs/configuration.md lists them, and train --dry-run shows them%n",
          file);
    }
    return options(document);
  }

  /** A configuration whose network is to be learned; one of a file is refused. */
  static ExperimentOptions loadToLearn(SparkSession spark, String file) {
    ExperimentOptions options = load(spark, file);
    if (options.network().as(OnnxSettings.class).isPresent()) {
      throw refused(
          spark,
          file,
          "network.model",
          "expected a network to be learned, adn, dn, csc or patches, got onnx: the one of its file"
              + " is learned already; benchmark and visualize take it");
    }
    return options;
  }

  /** How pixels are to be labelled. */
  static SegmentExperiment loadToSegment(SparkSession spark, String file) {
    return as(SegmentExperiment.class, document(spark, file));
  }

  /**
   * As above.
   *
   * @param file for messages
   */
  static SegmentExperiment parseToSegment(String file, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    try (InputStream in = new ByteArrayInputStream(bytes)) {
      return as(SegmentExperiment.class, document(file, in));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A configuration that trains a generator. */
  static GenerationOptions loadToGenerate(SparkSession spark, String file) {
    return as(GenerationOptions.class, document(spark, file));
  }

  static GenerationOptions parseToGenerate(String file, InputStream in) throws IOException {
    return as(GenerationOptions.class, document(file, in));
  }

  static ExperimentOptions parse(String file, InputStream in) throws IOException {
    return options(document(file, in));
  }

  /**
   * Runs what a configuration decides. A class to leave out can be checked only there, once the
   * corpus is listed; the file is read again to say where it names the class.
   */
  static void naming(SparkSession spark, String file, Runnable run) {
    try {
      run.run();
    } catch (NoSuchClassException e) {
      String what =
          "expected a class of %s, got %s%s"
              .formatted(e.corpus(), e.name(), NearestName.asked(e.name(), e.classes()));
      throw new ConfigException(
          document(spark, file).mistake(EXCLUDE, e.name(), what).getMessage(), e);
    }
  }

  /**
   * A value that the command cannot use.
   *
   * @param key the way to it, as in {@code network.model}
   */
  static ConfigException refused(SparkSession spark, String file, String key, String what) {
    return new ConfigException(document(spark, file).mistake(key, what).getMessage());
  }

  private static ExperimentOptions options(YamlDocument document) {
    return as(ExperimentOptions.class, document);
  }

  private static <R extends Record> R as(Class<R> options, YamlDocument document) {
    try {
      return document.as(options, Sections.OF_EXPERIMENTS);
    } catch (YamlMistakeException e) {
      throw new ConfigException(e.getMessage(), e);
    }
  }

  private static YamlDocument document(SparkSession spark, String file) {
    Path path = path(file);
    try {
      FileSystem fileSystem = path.getFileSystem(spark.sparkContext().hadoopConfiguration());
      if (!fileSystem.exists(path)) {
        throw new ConfigException(
            "config %s: expected a YAML file, got nothing there".formatted(file));
      }
      if (fileSystem.getFileStatus(path).isDirectory()) {
        throw new ConfigException("config %s: expected a YAML file, got a folder".formatted(file));
      }
      try (InputStream in = fileSystem.open(path)) {
        return document(file, in);
      }
    } catch (IOException e) {
      throw new ConfigException("config %s: cannot be read: %s".formatted(file, e.getMessage()), e);
    }
  }

  private static Path path(String file) {
    try {
      return new Path(file);
    } catch (IllegalArgumentException e) {
      throw new ConfigException(
          "config %s: expected the path of a YAML file: %s".formatted(file, e.getMessage()), e);
    }
  }

  private static YamlDocument document(String file, InputStream in) throws IOException {
    try {
      return YamlDocument.read("config " + file, in);
    } catch (YamlMistakeException e) {
      throw new ConfigException(e.getMessage(), e);
    }
  }
}
