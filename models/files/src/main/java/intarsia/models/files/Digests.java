package intarsia.models.files;

import intarsia.models.files.table.TableColumn;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** SHA-256, by which a file is known again. */
final class Digests {
    private Digests() {}

    /** SHA-256 of some bytes, as 64 hexadecimal digits. */
    static String sha256(byte[] bytes) {
        return HexFormat.of().formatHex(digest().digest(bytes));
    }

    /** SHA-256 of a table: its names and cells, row after row, a line each. */
    static String sha256(List<TableColumn> columns) {
        MessageDigest digest = digest();
        columns.forEach(column -> digest.update((column.name() + "\n").getBytes(StandardCharsets.UTF_8)));
        for (int row = 0; row < columns.getFirst().size(); row++) {
            for (TableColumn column : columns) {
                digest.update((column.text(row) + "\n").getBytes(StandardCharsets.UTF_8));
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** SHA-256 of a file, read piece by piece. */
    static String sha256(Path file) throws IOException {
        MessageDigest digest = digest();
        try (InputStream in = Files.newInputStream(file)) {
            byte[] piece = new byte[1 << 16];
            for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
                digest.update(piece, 0, read);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
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
