package intarsia.models.federated;

import intarsia.models.tenmtl.ExactSum;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.KeyAgreement;
import javax.crypto.SecretKey;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.IvParameterSpec;

/**
 * Masks that cancel in the sum over all nodes (Bonawitz et al. 2017, without the recovery of who drops out: a fit needs every node, and a
 * round that a node misses is asked again under new masks). Nodes a and b, a before b by name, agree on a secret by X25519; HKDF-SHA256
 * makes an AES-256 key of it for each roster and each {@link Transcript}, AES-CTR a stream; read as integers modulo 2^128, a adds it to
 * its answer and b subtracts it. Whoever does not know all secrets but one pair's sees integers that are uniform to the strength of AES.
 *
 * <p>Masks of nodes that were asked different things do not cancel: a coordinator that asks one node what it wants to know, and the others
 * what it knows the answer to, learns nothing (ours).
 */
final class PairwiseMasks {
    private static final int WORDS = 2 * Long.BYTES;

    private final String self;
    private final Map<String, SecretKey> keys = new TreeMap<>();

    /** A key pair for one membership: never used again. */
    static KeyPair keyPair() {
        try {
            return KeyPairGenerator.getInstance("X25519").generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new FederationException("this JDK has no X25519", e);
        }
    }

    /**
     * Agrees with all others.
     *
     * @param self       this node's name
     * @param own        its keys
     * @param federation what the fit is known by
     * @param epoch      the number of the roster
     * @param others     public keys by name
     */
    PairwiseMasks(String self, KeyPair own, byte[] federation, int epoch, Map<String, byte[]> others) {
        this.self = self;
        others.forEach((name, encoded) -> {
            try {
                PublicKey key = KeyFactory.getInstance("X25519").generatePublic(new X509EncodedKeySpec(encoded));
                KeyAgreement agreement = KeyAgreement.getInstance("X25519");
                agreement.init(own.getPrivate());
                agreement.doPhase(key, true);
                String first = self.compareTo(name) < 0 ? self : name;
                String second = first.equals(self) ? name : self;
                byte[] info = new WireWriter().text("intarsia federated mask").number(epoch).text(first).text(second).bytes();
                keys.put(name, KDF.getInstance("HKDF-SHA256").deriveKey("Generic", HKDFParameterSpec.ofExtract()
                        .addIKM(agreement.generateSecret()).addSalt(federation).thenExpand(info, 32)));
            } catch (GeneralSecurityException e) {
                throw new FederationException("node '" + name + "': no secret can be agreed with its key: " + e.getMessage(), e);
            }
        });
    }

    /**
     * Adds to an answer what cancels in the sum over nodes that were asked the same.
     *
     * @param asked digest of all questions up to this one, which answer follows from
     */
    void mask(ExactSum answer, byte[] asked) {
        keys.forEach((name, key) -> {
            ByteBuffer stream = ByteBuffer.wrap(stream(key, asked, answer.length()));
            boolean adds = self.compareTo(name) < 0;
            for (int k = 0; k < answer.length(); k++) {
                long high = stream.getLong();
                long low = stream.getLong();
                if (adds) {
                    answer.add(k, high, low);
                } else {
                    answer.subtract(k, high, low);
                }
            }
        });
    }

    /** A key makes one stream, so that its counter may begin at 0. */
    private static byte[] stream(SecretKey pair, byte[] asked, int length) {
        try {
            SecretKey key = KDF.getInstance("HKDF-SHA256").deriveKey("AES", HKDFParameterSpec.expandOnly(pair, asked, 32));
            Cipher cipher = Cipher.getInstance("AES/CTR/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, key, new IvParameterSpec(new byte[16]));
            return cipher.doFinal(new byte[length * WORDS]);
        } catch (GeneralSecurityException e) {
            throw new FederationException("this JDK cannot encrypt by AES in counter mode", e);
        }
    }

    /** What a node signs: its key, for this fit. */
    static byte[] signed(byte[] federation, byte[] key) {
        return ByteBuffer.allocate(federation.length + key.length + 23).put("intarsia federated key ".getBytes(StandardCharsets.US_ASCII))
                .put(federation).put(key).array();
    }
}
