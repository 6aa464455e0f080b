package intarsia.models.files;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;

/** SHA-256, by which a file is known again. */
final class Digests {
    private Digests() {}

    /** SHA-256 of some bytes, as 64 hexadecimal digits. */
    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** What {@code sha256sum file...} prints for these files, in this order: a digest, two spaces and a name per line. */
    static String listing(Map<String, String> digests) {
        StringBuilder text = new StringBuilder();
        digests.forEach((file, digest) -> text.append(digest).append("  ").append(file).append('\n'));
        return text.toString();
    }

    /** SHA-256 of the {@linkplain #listing listing}: what {@code sha256sum file... | sha256sum} prints. */
    static String overall(Map<String, String> digests) {
        return sha256(listing(digests).getBytes(StandardCharsets.UTF_8));
    }
}
