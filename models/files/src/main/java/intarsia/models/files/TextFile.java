package intarsia.models.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * A file of text, read whole and checked to be UTF-8 (a byte order mark is taken off).
 *
 * @param path   where it is
 * @param text   what it says
 * @param sha256 the digest of its bytes, in hexadecimal
 * @param marked whether it begins with a byte order mark
 */
record TextFile(Path path, String text, String sha256, boolean marked) {
    /** No array of Java's holds more. */
    static final long LARGEST = Integer.MAX_VALUE - 8;

    /**
     * Reads it.
     *
     * @param largest how many bytes it may have
     * @throws FileException if it is missing, unreadable, no regular file, empty, too large, or in another encoding
     */
    static TextFile read(Path path, long largest) {
        byte[] bytes = bytes(path, largest);
        if (bytes.length == 0) {
            throw new FileException(path, "is empty (0 bytes)");
        }
        return new TextFile(path, decode(path, bytes), Digests.sha256(bytes), isMarked(bytes));
    }

    /** The same file with another text, byte order mark and all. */
    TextFile with(String other) {
        return new TextFile(path, other, Digests.sha256(bytes(other, marked)), marked);
    }

    /** Its bytes: those it was read from. */
    byte[] bytes() {
        return bytes(text, marked);
    }

    private static byte[] bytes(String text, boolean marked) {
        return ((marked ? "\uFEFF" : "") + text).getBytes(StandardCharsets.UTF_8);
    }

    private static boolean isMarked(byte[] bytes) {
        return starts(bytes, 0xEF, 0xBB, 0xBF);
    }

    /**
     * A file's bytes, or one line that says why not. Only a regular file is opened: a pipe would wait, a device never end.
     *
     * @param largest how many bytes it may have
     */
    static byte[] bytes(Path path, long largest) {
        try {
            BasicFileAttributes file = Files.readAttributes(path, BasicFileAttributes.class);
            if (file.isDirectory()) {
                throw new FileException(path, "is a folder; a file was expected");
            }
            if (!file.isRegularFile()) {
                throw new FileException(path, "is a pipe, a socket or a device; a regular file was expected");
            }
            if (file.size() > largest) {
                throw tooLarge(path, file.size(), largest);
            }
            try (InputStream in = Files.newInputStream(path)) {
                // It may have grown since, or be one of those that say 0.
                byte[] bytes = in.readNBytes((int) Math.min(largest + 1, LARGEST));
                if (bytes.length > largest) {
                    throw tooLarge(path, bytes.length, largest);
                }
                return bytes;
            }
        } catch (NoSuchFileException e) {
            throw new FileException(path, "there is no such file");
        } catch (AccessDeniedException e) {
            throw new FileException(path, "may not be read; check its permissions");
        } catch (IOException e) {
            throw new FileException(path, "cannot be read: " + FileException.reason(e));
        }
    }

    private static FileException tooLarge(Path path, long bytes, long largest) {
        return new FileException(path, "has " + bytes + " bytes or more; at most " + largest + " are read here");
    }

    /** The text that bytes say in UTF-8, or one line that says where they do not. */
    static String decode(Path path, byte[] bytes) {
        boolean bigEndian = starts(bytes, 0xFE, 0xFF);
        if (bigEndian || starts(bytes, 0xFF, 0xFE)) {
            throw new FileException(path, "is in UTF-16 (" + (bigEndian ? "big" : "little") + "-endian); save it as UTF-8");
        }
        int from = isMarked(bytes) ? 3 : 0;
        String text = new String(bytes, from, bytes.length - from, StandardCharsets.UTF_8);
        int zero = text.indexOf('\0');
        // The replacement character may be in the file itself, or stand for what could not be decoded.
        if (text.indexOf('\uFFFD') >= 0) {
            ByteBuffer in = ByteBuffer.wrap(bytes, from, bytes.length - from);
            if (StandardCharsets.UTF_8.newDecoder().decode(in, CharBuffer.allocate(bytes.length), true).isError()) {
                int good = new String(bytes, from, in.position() - from, StandardCharsets.UTF_8).length();
                if (zero < 0 || good < zero) {
                    throw at(path, text, good, String.format("byte 0x%02X is not UTF-8; save the file as UTF-8",
                            bytes[in.position()] & 0xFF));
                }
            }
        }
        if (zero >= 0) {
            throw at(path, text, zero, "holds a zero byte, so it is no text in UTF-8 (UTF-16, perhaps); save it as UTF-8");
        }
        return text;
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

    /** An error at a character of the text. */
    FileException at(int offset, String message) {
        return at(path, text, offset, message);
    }

    /** An error at a character of a text, whose line and column are counted only now. */
    static FileException at(Path path, String text, int offset, String message) {
        int line = 1;
        int begin = 0;
        for (int i = 0; i < offset; i++) {
            char c = text.charAt(i);
            if (c == '\n' || c == '\r' && (i + 1 == text.length() || text.charAt(i + 1) != '\n')) {
                line++;
                begin = i + 1;
            }
        }
        return new FileException(path, line, text.codePointCount(begin, offset) + 1, message);
    }
}
