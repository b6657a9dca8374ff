package org.deconvnet.page;

import java.io.StringReader;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

/** Parses what the report writes; a test fails here if it is not well-formed. */
final class Xml {
  private Xml() {}

  static Document parse(String text) {
    try {
      DocumentBuilder builder = DocumentBuilderFactory.newInstance().newDocumentBuilder();
      builder.setErrorHandler(null);
      return builder.parse(new InputSource(new StringReader(text)));
    } catch (Exception e) {
      throw new AssertionError("not well-formed: " + e.getMessage() + "\n" + text, e);
    }
  }

  static int count(Document document, String tag) {
    return document.getElementsByTagName(tag).getLength();
  }

  static String text(Document document, String tag, int index) {
    return document.getElementsByTagName(tag).item(index).getTextContent();
  }

  static String attribute(Document document, String tag, int index, String name) {
    return document
        .getElementsByTagName(tag)
        .item(index)
        .getAttributes()
        .getNamedItem(name)
        .getNodeValue();
  }
}
