package intarsia.models.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * A file of text, read whole and checked to be UTF-8 (a byte order mark is taken off).
 *
 * @param path   where it is
 * @param text   what it says
 * @param sha256 the digest of its bytes, in hexadecimal
 */
record TextFile(Path path, String text, String sha256) {
    /**
     * Reads it.
     *
     * @throws FileException if it is missing, unreadable, empty, or in another encoding
     */
    static TextFile read(Path path) {
        byte[] bytes = bytes(path);
        if (bytes.length == 0) {
            throw new FileException(path, "is empty (0 bytes)");
        }
        return new TextFile(path, decode(path, bytes), Digests.sha256(bytes));
    }

    /** A file's bytes, or one line that says why not. */
    static byte[] bytes(Path path) {
        try {
            if (Files.isDirectory(path)) {
                throw new FileException(path, "is a folder; a file was expected");
            }
            return Files.readAllBytes(path);
        } catch (NoSuchFileException e) {
            throw new FileException(path, "there is no such file");
        } catch (AccessDeniedException e) {
            throw new FileException(path, "may not be read; check its permissions");
        } catch (IOException e) {
            throw new FileException(path, "cannot be read: " + e.getMessage());
        }
    }

    private static String decode(Path path, byte[] bytes) {
        boolean bigEndian = starts(bytes, 0xFE, 0xFF);
        if (bigEndian || starts(bytes, 0xFF, 0xFE)) {
            throw new FileException(path, "is in UTF-16 (" + (bigEndian ? "big" : "little") + "-endian); save it as UTF-8");
        }
        int from = starts(bytes, 0xEF, 0xBB, 0xBF) ? 3 : 0;
        ByteBuffer in = ByteBuffer.wrap(bytes, from, bytes.length - from);
        CharBuffer out = CharBuffer.allocate(bytes.length);
        if (StandardCharsets.UTF_8.newDecoder().decode(in, out, true).isError()) {
            throw new FileException(path, line(bytes, in.position()),
                    String.format("byte 0x%02X is not UTF-8; save the file as UTF-8", bytes[in.position()] & 0xFF));
        }
        for (int i = from; i < bytes.length; i++) {
            if (bytes[i] == 0) {
                throw new FileException(path, line(bytes, i),
                        "holds a zero byte, so it is no text in UTF-8 (UTF-16, perhaps); save it as UTF-8");
            }
        }
        return out.flip().toString();
    }

    private static boolean starts(byte[] bytes, int... mark) {
        if (bytes.length < mark.length) {
            return false;
        }
        for (int i = 0; i < mark.length; i++) {
            if ((bytes[i] & 0xFF) != mark[i]) {
                return false;
            }
        }
        return true;
    }

    private static int line(byte[] bytes, int position) {
        int line = 1;
        for (int i = 0; i < position; i++) {
            line += bytes[i] == '\n' ? 1 : 0;
        }
        return line;
    }
}
