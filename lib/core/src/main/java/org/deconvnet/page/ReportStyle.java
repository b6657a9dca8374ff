package org.deconvnet.page;

/** The style sheet of the report, embedded into its page. */
final class ReportStyle {
  /**
   * A table's columns are as wide as what they hold, up to a limit, and its own box scrolls: on a
   * narrow screen no word is broken that would fit into a line. Holds neither the less-than sign
   * nor the ampersand, so it needs no escaping in XML.
   */
  static final String CSS =
      """
      :root { color-scheme: light dark; --text: #1c2128; --soft: #57606a; --line: #d8dee4;
        --page: #ffffff; }
      @media (prefers-color-scheme: dark) {
        :root { --text: #e6e9ed; --soft: #9aa4af; --line: #3a424c; --page: #15191e; } }
      * { box-sizing: border-box; }
      body { margin: 0 auto; padding: 1.5rem 1rem 4rem; max-width: 60rem; color: var(--text);
        background: var(--page); font: 1rem/1.55 system-ui, sans-serif; }
      h1 { font-size: 1.8rem; line-height: 1.2; margin: 1rem 0; }
      h2 { font-size: 1.25rem; margin: 2.5rem 0 .75rem; padding-top: .75rem;
        border-top: 1px solid var(--line); }
      h1, h2, p, dt, dd, figcaption { overflow-wrap: anywhere; }
      p { max-width: 42rem; }
      figure { margin: 1.25rem 0; }
      figcaption { color: var(--soft); font-size: .9rem; margin-top: .4rem; max-width: 42rem; }
      img, svg { display: block; max-width: 100%; height: auto; }
      img { image-rendering: pixelated; }
      svg { width: 100%; }
      .sheet { max-width: max(100%, var(--least)); }
      .columns { display: grid; font-size: .8rem; line-height: 1.2; text-align: center;
        margin-bottom: .3rem; align-items: end; overflow-wrap: anywhere; }
      .scroll { overflow-x: auto; margin: 1rem 0; }
      pre { margin: 0; font: .85rem/1.45 ui-monospace, monospace; }
      table { width: max-content; border-collapse: collapse; font-variant-numeric: tabular-nums; }
      th, td { text-align: left; padding: .3rem .9rem .3rem 0; vertical-align: top;
        border-bottom: 1px solid var(--line); max-width: 24rem; overflow-wrap: break-word; }
      dl { display: grid; grid-template-columns: fit-content(20rem) minmax(0, 1fr);
        gap: .25rem 1rem; }
      dt { color: var(--soft); }
      dd { margin: 0; }
      @media (max-width: 40rem) {
        th, td { max-width: max(44vw, 12rem); }
        dl { display: block; } dd { margin-bottom: .6rem; } }
      @media print {
        :root { --text: #000000; --soft: #444444; --line: #bbbbbb; --page: #ffffff; }
        body { max-width: none; padding: 0; font-size: 10pt; }
        table { width: auto; } .scroll { overflow: visible; } .sheet { max-width: 100%; }
        figure, tr { break-inside: avoid; } h2 { break-after: avoid; } }
      """;

  private ReportStyle() {}
}
