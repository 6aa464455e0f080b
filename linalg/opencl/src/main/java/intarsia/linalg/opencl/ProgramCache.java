package intarsia.linalg.opencl;

import intarsia.linalg.DeviceException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A cache folder for programs and measured choices of this machine. File names are made from the device, the driver and the source, so that
 * stale entries are never found. A file begins with the digest of its contents, so that damaged files are not used. The cache only saves
 * time: errors in reading or writing it are ignored.
 *
 * @param folder the folder, or null to keep nothing
 */
record ProgramCache(Path folder) {
    /** The system property that names another folder, or {@code off}. */
    static final String PROPERTY = "intarsia.opencl.cache";

    /** Bytes of the digest. */
    private static final int DIGEST = 32;

    /**
     * The user's cache folder. None for a CPU unless the property names one: its driver has its own cache, and asking it for a program's
     * binary makes it build kernels that it would have left for later.
     */
    static ProgramCache of(Device device) {
        String given = System.getProperty(PROPERTY);
        if (given != null) {
            return new ProgramCache(given.equals("off") ? null : folder(given));
        }
        if (device.type() == Device.Type.CPU) {
            return new ProgramCache(null);
        }
        String base = System.getenv("XDG_CACHE_HOME");
        String windows = System.getenv("LOCALAPPDATA");
        Path caches = base != null && !base.isBlank() ? folder(base)
                : windows != null ? folder(windows) : folder(System.getProperty("user.home") + "/.cache");
        // Not below wherever the program was started: a user without a home has "?" for one.
        return new ProgramCache(caches == null || !caches.isAbsolute() ? null : caches.resolve("intarsia").resolve("opencl"));
    }

    /** The path of this name, or null if it is none. */
    private static Path folder(String name) {
        try {
            return Path.of(name);
        } catch (InvalidPathException e) {
            return null;
        }
    }

    /** A name made of facts. */
    static String key(String... facts) {
        MessageDigest digest = sha256();
        for (String fact : facts) {
            digest.update(fact.getBytes(StandardCharsets.UTF_8));
            digest.update((byte) 0);
        }
        return HexFormat.of().formatHex(digest.digest(), 0, 16);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    Optional<byte[]> load(String key) {
        try {
            if (folder == null || !Files.isRegularFile(folder.resolve(key))) {
                return Optional.empty();
            }
            byte[] file = Files.readAllBytes(folder.resolve(key));
            byte[] bytes = Arrays.copyOfRange(file, Math.min(DIGEST, file.length), file.length);
            return Arrays.equals(file, 0, file.length - bytes.length, sha256().digest(bytes), 0, DIGEST)
                    ? Optional.of(bytes) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Writes a temporary file and renames it, so that a reader never finds half a file. */
    void save(String key, Supplier<byte[]> bytes) {
        if (folder == null) {
            return;
        }
        try {
            Files.createDirectories(folder);
            byte[] kept = bytes.get();
            Path beside = Files.createTempFile(folder, key, ".new");
            try {
                Files.write(beside, sha256().digest(kept));
                Files.write(beside, kept, StandardOpenOption.APPEND);
                Files.move(beside, folder.resolve(key), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(beside);
            }
        } catch (IOException | DeviceException e) {
            return;
        }
    }
}
