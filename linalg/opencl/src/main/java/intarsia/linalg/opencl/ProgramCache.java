package intarsia.linalg.opencl;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A folder for what was built or measured on this machine, under names that hold the device, the driver and the source: whatever changes, what does not fit is
 * never found. Only saves time: where it cannot be read or written all goes on without a word.
 *
 * @param folder the folder, or null to keep nothing
 */
record ProgramCache(Path folder) {
    /** The system property that names another folder, or {@code off}. */
    static final String PROPERTY = "intarsia.opencl.cache";

    /**
     * The user's folder for such things. None for a CPU unless the property names one: its driver keeps what it built itself, and to ask it for a program's
     * binary makes it build all that it would have left for later.
     */
    static ProgramCache of(Device device) {
        String given = System.getProperty(PROPERTY);
        if (given != null) {
            return new ProgramCache(given.equals("off") ? null : Path.of(given));
        }
        if (device.type() == Device.Type.CPU) {
            return new ProgramCache(null);
        }
        String base = System.getenv("XDG_CACHE_HOME");
        String windows = System.getenv("LOCALAPPDATA");
        Path caches = base != null && !base.isBlank() ? Path.of(base) : windows != null ? Path.of(windows) : Path.of(System.getProperty("user.home"), ".cache");
        return new ProgramCache(caches.resolve("intarsia").resolve("opencl"));
    }

    /** A name made of facts. */
    static String key(String... facts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (String fact : facts) {
                digest.update(fact.getBytes(StandardCharsets.UTF_8));
                digest.update((byte) 0);
            }
            return HexFormat.of().formatHex(digest.digest(), 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    Optional<byte[]> load(String key) {
        try {
            return folder == null || !Files.isRegularFile(folder.resolve(key)) ? Optional.empty() : Optional.of(Files.readAllBytes(folder.resolve(key)));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Writes beside and renames, so that a reader never finds half a file. */
    void save(String key, Supplier<byte[]> bytes) {
        if (folder == null) {
            return;
        }
        try {
            Files.createDirectories(folder);
            Path beside = Files.createTempFile(folder, key, ".new");
            Files.write(beside, bytes.get());
            Files.move(beside, folder.resolve(key), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            return;
        }
    }
}
