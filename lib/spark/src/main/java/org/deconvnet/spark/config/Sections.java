package org.deconvnet.spark.config;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deconvnet.label.HeadOptions;
import org.deconvnet.label.LearningOptions;
import org.deconvnet.network.adaptive.AdaptiveOptions;
import org.deconvnet.network.csc.AtomGroup;
import org.deconvnet.network.deconvolutional.DeconvolutionalOptions;
import org.deconvnet.preprocess.PreprocessOptions;

/** Which keys make which options. Immutable. */
public final class Sections {
  /** Those of a configuration. Every key has a default. */
  public static final Sections OF_EXPERIMENTS = new Sections(ofExperiments());

  /**
   * None in particular: records have a key for each component, and no defaults. A reader is tested
   * with it apart from what a configuration can say.
   */
  public static final Sections NONE = new Sections(Map.of());

  private final Map<Class<?>, Section<?>> byOptions;

  private Sections(Map<Class<?>, Section<?>> byOptions) {
    this.byOptions = Map.copyOf(byOptions);
  }

  /** No sections but this one; for tests, as {@link #NONE}. */
  public static <R extends Record> Sections withDefaults(Class<R> options, R defaults) {
    return new Sections(Map.of(options, Section.ofComponents(options, defaults)));
  }

  /** The section of a record. */
  public <R> Section<R> of(Class<R> options) {
    @SuppressWarnings("unchecked") // Each is held by the class of the options that it makes.
    Section<R> section = (Section<R>) byOptions.get(options);
    return section == null ? Section.ofComponents(options, null) : section;
  }

  /** Options as keys and values, each of a list as well; other values as they are. */
  Object tree(Object value) {
    if (value instanceof List<?> items) {
      return items.stream().map(this::tree).toList();
    }
    return value instanceof Record options ? keys(options) : value;
  }

  private Map<String, Object> keys(Record options) {
    Map<String, Object> keys = new LinkedHashMap<>();
    Kinds.among(options.getClass()).ifPresent(k -> keys.put(k.key(), k.name(options.getClass())));
    values(of(options.getClass()), options).forEach((name, value) -> keys.put(name, tree(value)));
    return keys;
  }

  private static <R> Map<String, Object> values(Section<R> section, Object options) {
    @SuppressWarnings("unchecked") // The section is that of the options' own class.
    R own = (R) options;
    return section.values(own);
  }

  private static Map<Class<?>, Section<?>> ofExperiments() {
    Map<Class<?>, Section<?>> sections = new HashMap<>();
    for (Record defaults :
        List.of(
            ExperimentOptions.Corpus.DEFAULTS,
            PreprocessOptions.DEFAULTS,
            ExperimentOptions.Features.DEFAULTS,
            ExperimentOptions.Classifier.DEFAULTS,
            ExperimentOptions.Split.DEFAULTS,
            SegmentExperiment.DEFAULTS,
            SegmentOptions.DEFAULTS,
            HeadOptions.DEFAULTS,
            LearningOptions.DEFAULTS)) {
      sections.put(defaults.getClass(), components(defaults));
    }
    sections.put(ExperimentOptions.class, ExperimentKeys.EXPERIMENT);
    sections.put(AdaptiveSettings.class, AdaptiveKeys.NETWORK);
    sections.put(AdaptiveOptions.class, AdaptiveKeys.LAYER);
    sections.put(DeconvolutionalSettings.class, DeconvolutionalKeys.NETWORK);
    sections.put(DeconvolutionalOptions.class, DeconvolutionalKeys.LAYER);
    sections.put(CscSettings.class, CscKeys.NETWORK);
    sections.put(AtomGroup.class, components(AtomGroup.DEFAULTS));
    sections.put(PatchesSettings.class, PatchesKeys.NETWORK);
    sections.put(OnnxSettings.class, OnnxKeys.NETWORK);
    sections.put(Vocabulary.class, VocabularyKeys.VOCABULARY);
    sections.put(GenerationOptions.class, GeneratorKeys.GENERATION);
    sections.put(GeneratorSettings.class, GeneratorKeys.NETWORKS);
    return sections;
  }

  private static <R extends Record> Section<R> components(R defaults) {
    @SuppressWarnings("unchecked") // What an object's class makes is of the object's type.
    Class<R> options = (Class<R>) defaults.getClass();
    return Section.ofComponents(options, defaults);
  }
}
