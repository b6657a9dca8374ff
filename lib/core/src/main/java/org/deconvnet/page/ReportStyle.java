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
        --page: #ffffff; --raised: #f5f7f9; --accent: #00629b; --fill: #0072b2; --other: #8b96a3;
        --count: #000000; --cell: #0072b2; }
      @media (prefers-color-scheme: dark) {
        :root { --text: #e6e9ed; --soft: #a3adb8; --line: #3a424c; --page: #15191e;
          --raised: #1f252c; --accent: #6cc0f5; --fill: #3d9ad6; --other: #7b8794;
          --count: #ffffff; --cell: #6cc0f5; } }
      * { box-sizing: border-box; }
      body { margin: 0 auto; padding: 1.5rem 1rem 4rem; max-width: 64rem; color: var(--text);
        background: var(--page); font: 1rem/1.55 system-ui, sans-serif; }
      h1 { font-size: 1.9rem; line-height: 1.2; margin: .5rem 0; letter-spacing: -.01em; }
      h2 { font-size: 1.4rem; margin: 3rem 0 .75rem; padding-top: 1rem;
        border-top: 1px solid var(--line); }
      h3 { font-size: 1.05rem; margin: 2rem 0 .5rem; }
      h1, h2, h3, p, dt, dd, figcaption, li, output { overflow-wrap: anywhere; }
      p { max-width: 42rem; }
      a { color: var(--accent); }
      .key { display: flex; flex-wrap: wrap; align-items: baseline; gap: .25rem 1rem;
        margin: 1rem 0; }
      .key strong { font-size: clamp(2.8rem, 12vw, 4.5rem); line-height: 1; font-weight: 700;
        letter-spacing: -.03em; color: var(--accent); }
      .key span { max-width: 24rem; line-height: 1.35; }
      .made { list-style: none; display: flex; flex-wrap: wrap; gap: .1rem 1.5rem; margin: 1rem 0;
        padding: 0; font-size: .9rem; }
      .made span { color: var(--soft); }
      .command p { margin: 1rem 0 .35rem; font-size: .9rem; color: var(--soft); }
      .box { display: flex; align-items: flex-start; gap: .5rem; background: var(--raised);
        border: 1px solid var(--line); border-radius: .5rem; padding: .6rem .6rem .6rem .9rem; }
      code { flex: 1; min-width: 0; font: .9rem/1.6 ui-monospace, monospace;
        overflow-wrap: anywhere; white-space: pre-wrap; }
      button { font: inherit; font-size: .85rem; padding: .2rem .8rem; border-radius: .35rem;
        border: 1px solid var(--line); background: var(--page); color: var(--accent);
        cursor: pointer; }
      nav { display: flex; flex-wrap: wrap; gap: .35rem; margin: 1.5rem 0; font-size: .9rem; }
      nav a { padding: .15rem .7rem; border: 1px solid var(--line); border-radius: 1rem;
        text-decoration: none; overflow-wrap: anywhere; }
      figure { margin: 1.25rem 0; }
      figcaption { color: var(--soft); font-size: .9rem; margin-top: .5rem; max-width: 42rem; }
      img, svg { display: block; max-width: 100%; height: auto; }
      img { image-rendering: pixelated; border-radius: 2px; }
      .areas { position: relative; display: inline-block; }
      .areas a { position: absolute; border-radius: 2px; }
      .areas a:hover, .areas a:focus { outline: 2px solid var(--accent); outline-offset: 2px; }
      svg { width: 100%; }
      .chart { max-width: 34rem; }
      @media (min-width: 52rem) {
        .chart:has(+ .chart), .chart + .chart { display: inline-block; vertical-align: top;
          width: calc(50% - 1rem); }
        .chart + .chart { margin-left: 1.25rem; } }
      .matrix svg { max-width: none; }
      .matrix g:hover rect { stroke: currentColor; stroke-width: 2; }
      .matrix .count { fill: var(--count); }
      .matrix .plain rect { fill: var(--cell); }
      output { display: block; min-height: 1.55em; font-weight: 600; font-size: .95rem; }
      .sheet { max-width: max(100%, var(--least)); }
      .columns { display: grid; font-size: .8rem; line-height: 1.2; text-align: center;
        margin-bottom: .3rem; align-items: end; overflow-wrap: anywhere; }
      .scroll { overflow-x: auto; margin: 1rem 0; }
      .tiles { list-style: none; margin: 0; padding: 0; display: grid; gap: 1rem .9rem;
        grid-template-columns: repeat(auto-fill, minmax(9.2rem, 1fr)); }
      .tiles li { font-size: .8rem; line-height: 1.35; color: var(--soft); }
      .tiles img { width: 100%; margin-bottom: .3rem; }
      .tiles span { display: block; }
      .tiles span:first-of-type { color: var(--text); font-weight: 600; }
      .photos img { image-rendering: auto; aspect-ratio: 1; object-fit: contain;
        background: var(--raised); }
      .swatches { gap: .4rem .9rem; }
      .swatches img { width: 1rem; height: 1rem; margin: 0 .4rem 0 0; float: left; }
      pre { margin: 0; font: .85rem/1.45 ui-monospace, monospace; }
      table { width: max-content; border-collapse: collapse; font-variant-numeric: tabular-nums; }
      th, td { text-align: left; padding: .3rem .9rem .3rem 0; vertical-align: top;
        border-bottom: 1px solid var(--line); max-width: 24rem; overflow-wrap: break-word; }
      .bars { width: 100%; table-layout: fixed; }
      .bars th { width: 36%; font-weight: 400; max-width: none; }
      .bars td { width: 8.5rem; padding-right: 0; text-align: right; max-width: none; }
      .bars .track { width: auto; padding-right: 1rem; vertical-align: middle; }
      .track span { display: block; height: .9rem; border-radius: 0 3px 3px 0;
        background: var(--other); print-color-adjust: exact; -webkit-print-color-adjust: exact; }
      .ours .track span { background: var(--fill); }
      .ours th { font-weight: 600; }
      .literature .track span { border: 1px solid var(--other);
        background: repeating-linear-gradient(135deg, var(--other) 0 3px, transparent 3px 7px); }
      em { color: var(--soft); font-size: .85rem; }
      details { margin: 1rem 0; }
      summary { cursor: pointer; color: var(--accent); }
      dl { display: grid; grid-template-columns: repeat(auto-fill, minmax(15rem, 1fr));
        gap: .75rem 1.5rem; margin: 1.5rem 0; }
      dt { color: var(--soft); font-size: .85rem; }
      dd { margin: 0; }
      @media (max-width: 40rem) {
        th, td { max-width: max(44vw, 12rem); }
        .bars th { width: 38%; } .bars td { width: 5.2rem; } .bars .track { padding-right: .6rem; }
        .tiles { grid-template-columns: repeat(auto-fill, minmax(8.5rem, 1fr)); }
        dl { grid-template-columns: minmax(0, 1fr); } }
      @media print {
        :root { --text: #000000; --soft: #444444; --line: #bbbbbb; --page: #ffffff;
          --raised: #ffffff; --accent: #004a75; --count: #000000; --cell: #0072b2;
          color-scheme: light; }
        body { max-width: none; padding: 0; font-size: 10pt; }
        nav, button, output { display: none; }
        pre { white-space: pre-wrap; overflow-wrap: anywhere; }
        table { width: auto; } .scroll { overflow: visible; } .sheet { max-width: 100%; }
        .matrix svg { max-width: 100%; }
        figure, tr, li { break-inside: avoid; } h2, h3 { break-after: avoid; } }
      """;

  private ReportStyle() {}
}
