/*
 * What Java's check of a TLS server name answers. Standard input has one case a line: the host and the certificate
 * (DER), both in base64, with a tab between. Standard output has one word a line: match, no-match, or unreadable.
 */
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Base64;
import sun.security.util.HostnameChecker;

public class HostCheck {
    public static void main(String[] arguments) throws Exception {
        CertificateFactory factory = CertificateFactory.getInstance("X.509");
        HostnameChecker checker = HostnameChecker.getInstance(HostnameChecker.TYPE_TLS);
        BufferedReader cases = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        StringBuilder answers = new StringBuilder();
        for (String line = cases.readLine(); line != null; line = cases.readLine()) {
            String[] parts = line.split("\t", -1);
            String host = new String(Base64.getDecoder().decode(parts[0]), StandardCharsets.UTF_8);
            byte[] der = Base64.getDecoder().decode(parts[1]);
            answers.append(answer(factory, checker, host, der)).append('\n');
        }
        System.out.print(answers);
    }

    private static String answer(CertificateFactory factory, HostnameChecker checker, String host, byte[] der) {
        X509Certificate certificate;
        try {
            certificate = (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(der));
        } catch (CertificateException malformed) {
            return "unreadable";
        }
        try {
            // false: the chain does not end in one of Java's own roots, so public suffixes are not asked for.
            checker.match(host, certificate, false);
            return "match";
        } catch (CertificateException mismatch) {
            return "no-match";
        }
    }
}
