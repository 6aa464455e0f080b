package intarsia.models.federated;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;

/**
 * What a node was asked so far, as a chain of SHA-256 digests: equal for two nodes only if the coordinator gave both the same options and
 * the same questions in the same order, so that their answers are at the same parameters.
 */
final class Transcript {
    private final byte[] options;
    private byte[] digest;

    /** Begins with the coordinator's message of options. */
    Transcript(byte[] options) {
        this.options = options.clone();
        restart();
    }

    /** Nothing was asked yet. */
    void restart() {
        digest = digest(new byte[0], options);
    }

    /** One more question was asked. */
    void add(byte[] question) {
        digest = digest(digest, question);
    }

    /** Its digest. */
    byte[] digest() {
        return digest.clone();
    }

    private static byte[] digest(byte[] before, byte[] message) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            sha.update(before);
            return sha.digest(message);
        } catch (GeneralSecurityException e) {
            throw new FederationException("this JDK has no SHA-256", e);
        }
    }
}
