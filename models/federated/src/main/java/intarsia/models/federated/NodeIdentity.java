package intarsia.models.federated;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/**
 * Who one is, and whom one trusts: a private key with its certificate, and the certificates of the others or of who signed them, both in
 * PKCS12 stores as {@code keytool} makes them. A name is the common name of a certificate.
 */
public final class NodeIdentity {
    private final PrivateKey key;
    private final List<X509Certificate> chain;
    private final X509TrustManager trusted;
    private final SSLContext tls;

    private NodeIdentity(PrivateKey key, List<X509Certificate> chain, X509TrustManager trusted, SSLContext tls) {
        this.key = key;
        this.chain = chain;
        this.trusted = trusted;
        this.tls = tls;
    }

    /**
     * Reads both stores.
     *
     * @param keys     holds one private key
     * @param trust    holds certificates
     * @param password of both
     * @throws FederationException if one cannot be read, or does not hold that
     */
    public static NodeIdentity read(Path keys, Path trust, char[] password) {
        KeyStore own = load(keys, password);
        KeyStore others = load(trust, password);
        try {
            String alias = null;
            for (String each : Collections.list(own.aliases())) {
                if (own.isKeyEntry(each)) {
                    if (alias != null) {
                        throw new FederationException(keys + ": holds several private keys; leave one in it");
                    }
                    alias = each;
                }
            }
            if (alias == null) {
                throw new FederationException(keys + ": holds no private key; make one by  keytool -genkeypair");
            }
            if (others.size() == 0) {
                throw new FederationException(trust + ": holds no certificate; add those of the others by  keytool -importcert");
            }
            KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            managers.init(own, password);
            TrustManagerFactory trusts = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trusts.init(others);
            SSLContext tls = SSLContext.getInstance("TLSv1.3");
            tls.init(managers.getKeyManagers(), trusts.getTrustManagers(), new SecureRandom());
            X509TrustManager trusted = (X509TrustManager) Arrays.stream(trusts.getTrustManagers())
                    .filter(X509TrustManager.class::isInstance)
                    .findFirst().orElseThrow();
            List<X509Certificate> chain = Arrays.stream(own.getCertificateChain(alias)).map(X509Certificate.class::cast).toList();
            checkValid(chain.getFirst());
            return new NodeIdentity((PrivateKey) own.getKey(alias, password), chain, trusted, tls);
        } catch (GeneralSecurityException e) {
            throw new FederationException(keys + ": cannot be used: " + e.getMessage(), e);
        }
    }

    /**
     * Makes sure that a certificate has a name, and that its time has come and is not over: the JDK does not ask that of one that is itself
     * in the trust store.
     *
     * @throws FederationException if not
     */
    static void checkValid(X509Certificate certificate) {
        String name = name(certificate);
        try {
            certificate.checkValidity();
        } catch (CertificateException e) {
            throw new FederationException("certificate of '" + name + "': is valid from " + certificate.getNotBefore().toInstant() + " to "
                    + certificate.getNotAfter().toInstant() + " only; make a new one and give it to the others", e);
        }
    }

    private static KeyStore load(Path file, char[] password) {
        try (InputStream in = Files.newInputStream(file)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(in, password);
            return store;
        } catch (IOException e) {
            String why = e.getCause() instanceof GeneralSecurityException ? "the password is wrong"
                    : Files.exists(file) ? "is no PKCS12 store: " + e.getMessage() : "no such file";
            throw new FederationException(file + ": " + why, e);
        } catch (GeneralSecurityException e) {
            throw new FederationException(file + ": is no PKCS12 store: " + e.getMessage(), e);
        }
    }

    /** Its name. */
    public String name() {
        return name(chain.getFirst());
    }

    /** The public key of its certificate. */
    PublicKey publicKey() {
        return chain.getFirst().getPublicKey();
    }

    /** The common name of a certificate. */
    static String name(X509Certificate certificate) {
        String all = certificate.getSubjectX500Principal().getName();
        for (String part : all.split("(?<!\\\\),")) {
            if (part.strip().toUpperCase(Locale.ROOT).startsWith("CN=")) {
                return part.strip().substring(3);
            }
        }
        throw new FederationException("certificate of " + all + ": has no common name (CN), which is a node's name");
    }

    /** Both sides show certificates. */
    SSLContext tls() {
        return tls;
    }

    /** The certificate and those that it leads to, encoded. */
    List<byte[]> certificates() {
        return chain.stream().map(certificate -> {
            try {
                return certificate.getEncoded();
            } catch (GeneralSecurityException e) {
                throw new FederationException("certificate of '" + name() + "': cannot be encoded", e);
            }
        }).toList();
    }

    /** Signs by the private key. */
    byte[] sign(byte[] text) {
        try {
            Signature signature = Signature.getInstance(algorithm(key.getAlgorithm()));
            signature.initSign(key);
            signature.update(text);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new FederationException("the private key of '" + name() + "' cannot sign: " + e.getMessage(), e);
        }
    }

    /**
     * Makes sure that a text was signed by a node that is trusted.
     *
     * @return the public key of its certificate
     * @throws FederationException if not
     */
    PublicKey verify(String name, List<byte[]> certificates, byte[] text, byte[] signed) {
        try {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            X509Certificate[] others = new X509Certificate[certificates.size()];
            for (int i = 0; i < others.length; i++) {
                Certificate certificate = factory.generateCertificate(new ByteArrayInputStream(certificates.get(i)));
                others[i] = (X509Certificate) certificate;
            }
            checkValid(others[0]);
            trusted.checkClientTrusted(others, others[0].getPublicKey().getAlgorithm());
            Signature signature = Signature.getInstance(algorithm(others[0].getPublicKey().getAlgorithm()));
            signature.initVerify(others[0].getPublicKey());
            signature.update(text);
            if (!name(others[0]).equals(name) || !signature.verify(signed)) {
                throw new FederationException("node '" + name + "': its key is not signed by its certificate");
            }
            return others[0].getPublicKey();
        } catch (GeneralSecurityException | IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
            throw new FederationException("node '" + name + "': its certificate is not trusted here: " + e.getMessage()
                    + "; add it to the trust store by  keytool -importcert", e);
        }
    }

    private static String algorithm(String key) {
        return switch (key) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> key;
        };
    }
}
