package io.streamgauge.common.plan.request;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import io.streamgauge.common.PlanException;
import io.streamgauge.common.plan.FileGate;
import io.streamgauge.common.plan.load.ArrivalReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;

/**
 * Certificates of authorities. A plan carries them whole, since the hosts that connect need not
 * have the file.
 *
 * @param pem the certificates
 */
@JsonDeserialize(using = Authorities.Reader.class)
public record Authorities(@JsonValue String pem) {
  private static final String BEGIN = "-----BEGIN";
  private static final String EXPECTED = "a PEM file of one certificate or more";

  public Authorities {
    check(pem, "(a text)");
  }

  /**
   * Reads a file that a user named on the command line.
   *
   * @throws PlanException naming the file and what is wrong with it
   */
  public static Authorities read(String name) {
    try {
      return read(Path.of(name));
    } catch (InvalidPathException _) {
      throw new PlanException("ca", name, EXPECTED);
    }
  }

  private static Authorities read(Path file) {
    try {
      String text = Files.readString(file, US_ASCII);
      check(text, file.toString());
      return new Authorities(text);
    } catch (NoSuchFileException _) {
      throw new PlanException("ca", file + " (no such file)", EXPECTED);
    } catch (IOException _) {
      throw new PlanException("ca", file + " (cannot be read)", EXPECTED);
    }
  }

  private static void check(String pem, String shown) {
    try {
      var certificates =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(pem.getBytes(US_ASCII)));
      if (!pem.contains(BEGIN) || certificates.isEmpty()) {
        throw new PlanException("ca", shown, EXPECTED);
      }
    } catch (CertificateException _) {
      throw new PlanException("ca", shown, EXPECTED);
    }
  }

  /** A text of certificates, or, where a user's own plan file is read, the name of a file. */
  static final class Reader extends StdDeserializer<Authorities> {
    Reader() {
      super(Authorities.class);
    }

    @Override
    public Authorities deserialize(JsonParser in, DeserializationContext context)
        throws IOException {
      if (!in.currentToken().isScalarValue()) {
        return (Authorities) context.handleUnexpectedToken(Authorities.class, in);
      }
      String text = in.getText();
      if (text.contains(BEGIN)) {
        return new Authorities(text);
      }
      if (context.getAttribute(ArrivalReader.FILES) instanceof FileGate gate) {
        return read(gate.open("ca", text));
      }
      throw new PlanException("ca", text, "certificates in PEM; only a plan file names files");
    }
  }
}
