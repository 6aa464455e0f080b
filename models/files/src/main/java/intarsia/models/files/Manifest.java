package intarsia.models.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The list of a folder's files with the SHA-256 of each, as {@code sha256sum} writes and checks it ({@code sha256sum -c SHA256SUMS}). A run
 * folder is read only if every file is what it was when written. Reading changes nothing on the disk.
 */
public final class Manifest {
    /** The name of the list. */
    public static final String FILE_NAME = "SHA256SUMS";

    private static final Pattern LINE = Pattern.compile("[0-9a-f]{64}  .+");
    private static final Set<String> LEFT_BY_SYSTEMS = Set.of(".DS_Store", "Thumbs.db", "desktop.ini");
    private static final long LARGEST_LIST = 64L << 20;
    /** How often a folder that is being replaced is tried again. */
    private static final int ATTEMPTS = 50;
    private static final long PAUSE = 5_000_000;

    private final Path folder;
    private final Map<String, byte[]> files;

    private Manifest(Path folder, Map<String, byte[]> files) {
        this.folder = folder;
        this.files = files;
    }

    /**
     * Reads every file of a folder that {@link FolderWriter} wrote, and checks it. While a writer replaces the folder this is the old one
     * or the new one, whole.
     *
     * @throws FileException if the folder is missing, foreign, or a file is missing, changed, no regular file or outside the folder
     */
    public static Manifest open(Path folder) {
        for (int attempt = 1; true; attempt++) {
            Object before = identity(folder);
            try {
                return new Manifest(folder, read(folder));
            } catch (FileException e) {
                // The old one while it is aside, and after a kill until a writer puts it back.
                List<Path> beside = before == null ? beside(folder) : List.of();
                for (Path old : beside) {
                    Map<String, byte[]> files = isOld(folder, old) ? readIfWhole(old) : null;
                    if (files != null) {
                        return new Manifest(folder, files);
                    }
                }
                if (attempt == ATTEMPTS || beside.isEmpty() && Objects.equals(before, identity(folder))) {
                    throw e;
                }
                LockSupport.parkNanos(PAUSE);
            }
        }
    }

    /** Whether a folder is there and every file of it is what it was when written. */
    static boolean isWhole(Path folder) {
        return readIfWhole(folder) != null;
    }

    /**
     * A file in a folder that its list does not name, or null. What a system puts into a folder by itself does not count.
     *
     * @throws FileException if the list or the folder cannot be read
     */
    static Path unlisted(Path folder) {
        Set<String> listed = TextFile.read(folder.resolve(FILE_NAME), LARGEST_LIST).text().lines()
                .filter(LINE.asMatchPredicate()).map(line -> line.substring(66)).collect(Collectors.toSet());
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(path -> !Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)).map(folder::relativize)
                    .filter(file -> !file.toString().equals(FILE_NAME) && !LEFT_BY_SYSTEMS.contains(file.getFileName().toString())
                            && !listed.contains(file.toString().replace('\\', '/')))
                    .min(Comparator.naturalOrder()).orElse(null);
        } catch (IOException e) {
            throw new FileException(folder, "cannot be read: " + FileException.reason(e));
        } catch (UncheckedIOException e) {
            throw new FileException(folder, "cannot be read: " + FileException.reason(e.getCause()));
        }
    }

    private static Map<String, byte[]> readIfWhole(Path folder) {
        try {
            return read(folder);
        } catch (FileException e) {
            return null;
        }
    }

    /** Which folder is in the place: another one, another identity. Null if there is none. */
    static Object identity(Path folder) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(folder, BasicFileAttributes.class);
            return Arrays.asList(attributes.fileKey(), attributes.creationTime(), attributes.lastModifiedTime());
        } catch (IOException e) {
            return null;
        }
    }

    /** What writers have beside a folder. */
    private static List<Path> beside(Path folder) {
        List<Path> found = new ArrayList<>();
        String writing = Disk.hidden(folder, Disk.WRITING).getFileName().toString();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(Disk.parent(folder), path -> isOld(folder, path)
                || path.getFileName().toString().startsWith(writing))) {
            all.forEach(found::add);
        } catch (IOException e) {
            // Then there is none.
        }
        return found;
    }

    private static boolean isOld(Path folder, Path beside) {
        return beside.getFileName().toString().startsWith(Disk.hidden(folder, FolderWriter.OLD).getFileName().toString());
    }

    private static Map<String, byte[]> read(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new FileException(folder,
                    Files.exists(folder) ? "is a file; the folder that fit wrote was expected" : "there is no such folder");
        }
        Path list = folder.resolve(FILE_NAME);
        if (!Files.exists(list)) {
            if (Files.exists(folder.resolve(Study.FILE_NAME))) {
                throw new FileException(folder, "is a study and not a run; give the folder that fit wrote");
            }
            throw new FileException(folder, "has no " + FILE_NAME + ", so this program did not write it; give the folder that fit wrote");
        }
        Map<String, byte[]> files = new LinkedHashMap<>();
        int number = 0;
        checkInside(folder, list);
        for (String line : TextFile.read(list, LARGEST_LIST).text().lines().toList()) {
            number++;
            String name = LINE.matcher(line).matches() ? line.substring(66) : null;
            if (name == null || !isInside(folder, name)) {
                throw new FileException(list, number, "must be a digest of 64 digits, two blanks and the name of a file in this folder");
            }
            if (files.put(name, bytes(folder, name, line.substring(0, 64))) != null) {
                throw new FileException(list, number, "names " + Text.quoted(name) + " twice");
            }
        }
        return files;
    }

    private static boolean isInside(Path folder, String name) {
        try {
            // Of "." nothing is left without its whole path, and no path begins with nothing.
            Path whole = folder.toAbsolutePath().normalize();
            return whole.resolve(name).normalize().startsWith(whole);
        } catch (InvalidPathException e) {
            return false;
        }
    }

    private static byte[] bytes(Path folder, String name, String digest) {
        Path file = folder.resolve(name);
        if (!Files.exists(file)) {
            throw new FileException(file, "is missing, though " + FILE_NAME + " lists it; the folder is damaged, run fit again");
        }
        checkInside(folder, file);
        byte[] bytes = TextFile.bytes(file, TextFile.LARGEST);
        if (!Digests.sha256(bytes).equals(digest)) {
            throw new FileException(file, "was changed after it was written (its SHA-256 is not the one in " + FILE_NAME
                    + "); the folder is damaged, run fit again");
        }
        return bytes;
    }

    private static void checkInside(Path folder, Path file) {
        try {
            if (!file.toRealPath().startsWith(folder.toRealPath())) {
                throw new FileException(file, "leads out of the run's folder by a link; run fit again, or copy the file there");
            }
        } catch (IOException e) {
            throw new FileException(file, "cannot be read: " + FileException.reason(e));
        }
    }

    /** Whether it lists a file. */
    public boolean has(String name) {
        return files.containsKey(name);
    }

    /** The bytes of a file, as checked. */
    public byte[] bytes(String name) {
        byte[] bytes = files.get(name);
        if (bytes == null) {
            throw new FileException(folder, "holds no " + name + "; it holds " + files.keySet());
        }
        return bytes;
    }

    /** A record from a JSON file. */
    public <T> T json(String name, Class<T> type) {
        return Json.read(folder.resolve(name), bytes(name), type);
    }

    /** Tensors from a safetensors file. */
    public SafeTensors tensors(String name) {
        return SafeTensors.parse(folder.resolve(name), bytes(name));
    }
}
