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
 * makes an AES-256 key of it for each roster, AES-CTR under the round's number a stream; read as integers modulo 2^128, a adds it to its
 * answer and b subtracts it. Whoever does not know all secrets but one pair's sees integers that are uniform to the strength of AES.
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
                keys.put(name, KDF.getInstance("HKDF-SHA256").deriveKey("AES", HKDFParameterSpec.ofExtract()
                        .addIKM(agreement.generateSecret()).addSalt(federation).thenExpand(info, 32)));
            } catch (GeneralSecurityException e) {
                throw new FederationException("node '" + name + "': no secret can be agreed with its key: " + e.getMessage(), e);
            }
        });
    }

    /** Adds to an answer what cancels in the sum. A round's number must not be used for two different answers. */
    void mask(ExactSum answer, int round) {
        keys.forEach((name, key) -> {
            ByteBuffer stream = ByteBuffer.wrap(stream(key, round, answer.length()));
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

    private static byte[] stream(SecretKey key, int round, int length) {
        try {
            Cipher cipher = Cipher.getInstance("AES/CTR/NoPadding");
            byte[] start = ByteBuffer.allocate(16).putLong(round).putLong(0).array();
            cipher.init(Cipher.ENCRYPT_MODE, key, new IvParameterSpec(start));
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
