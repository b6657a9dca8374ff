package org.deconvnet.page;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * The script of the report, embedded into its page: it copies the command, and says what lies under
 * the pointer in a confusion matrix. Without it the page lacks nothing but these two.
 */
final class ReportScript {
  /** Holds neither the less-than sign nor the ampersand, so it needs no escaping in XML. */
  static final String CODE =
      """
      'use strict';
      for (const button of document.querySelectorAll('button[data-copies]')) {
        button.hidden = false;
        button.addEventListener('click', async () => {
          const code = document.getElementById(button.dataset.copies);
          try {
            await navigator.clipboard.writeText(code.textContent);
          } catch (refused) {
            getSelection().selectAllChildren(code);
            document.execCommand('copy');
          }
          button.textContent = 'Copied';
          setTimeout(() => { button.textContent = 'Copy'; }, 2000);
        });
      }
      for (const figure of document.querySelectorAll('figure.matrix')) {
        const said = figure.querySelector('output');
        const before = said.textContent;
        const say = event => {
          const cell = event.target.closest('g');
          const title = cell === null ? null : cell.querySelector(':scope > title');
          said.textContent = title === null ? before : title.textContent;
        };
        figure.addEventListener('pointerover', say);
        figure.addEventListener('click', say);
      }
      """;

  private ReportScript() {}

  /** What the page's policy names this script by: no other one runs. */
  static String hash() {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(CODE.getBytes(StandardCharsets.UTF_8));
      return "sha256-" + Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
