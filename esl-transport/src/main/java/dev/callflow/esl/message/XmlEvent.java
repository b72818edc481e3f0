package dev.callflow.esl.message;

import dev.callflow.esl.bytes.Percent;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.MissingResourceException;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Translates {@code text/event-xml} to plain text; in the XML, values are percent-encoded inside
 * XML (docs/spec/event-socket.md#xml-events).
 */
final class XmlEvent {

  private static final XMLInputFactory FACTORY = hardened();

  private XmlEvent() {}

  private static XMLInputFactory hardened() {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_COALESCING, true);
    return factory;
  }

  static PlainText.Event read(byte[] bytes) {
    PlainText plain = new PlainText(bytes.length);
    try {
      XMLStreamReader reader =
          FACTORY.createXMLStreamReader(new ByteArrayInputStream(bytes), "UTF-8");
      int depth = 0;
      while (reader.hasNext()) {
        int next = reader.next();
        if (next == XMLStreamConstants.START_ELEMENT) {
          depth++;
          String name = reader.getLocalName();
          if (depth == 2 && name.equals("body")) {
            plain.body(reader.getElementText().getBytes(StandardCharsets.UTF_8));
            depth--;
          } else if (depth == 3 || depth == 2 && !name.equals("headers")) {
            plain.header(name, Percent.decode(reader.getElementText()));
            depth--;
          }
        } else if (next == XMLStreamConstants.END_ELEMENT) {
          depth--;
        }
      }
    } catch (XMLStreamException | MissingResourceException e) {
      // The name of a channel variable might be invalid as an XML name; in that case, keep the
      // headers read so far. For some errors in a document type, the JDK's parser cannot find its
      // error message and throws a MissingResourceException instead.
      plain.header("Callflow-Malformed", "xml");
    }
    return plain.event();
  }
}
