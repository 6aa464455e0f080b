package intarsia.models.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Writes a whole folder or none. Files go into a hidden folder beside the wanted one; {@link #commit} adds a {@link Manifest}, forces
 * everything to the disk and renames. Whoever is killed before that leaves what was there before, whoever is killed after it leaves the new
 * folder.
 *
 * <pre>
 * try (FolderWriter run = FolderWriter.begin(Path.of("run1"), force)) {
 *     run.write("metrics.json", Json.write(metrics));
 *     run.commit();
 * }
 * </pre>
 *
 * Replacing a folder takes two renames, the old one aside and the new one into place; a kill between the two leaves both whole under hidden
 * names, and the next {@link #begin} or {@link #recover} for that folder puts the new one into place. Closing without a commit takes back
 * what was written.
 */
public final class FolderWriter implements AutoCloseable {
    private static final String WRITING = ".writing-";
    private static final String READY = ".ready";
    private static final String OLD = ".old";

    private final Path target;
    private final Path work;
    private final boolean force;
    private final Map<String, String> digests = new LinkedHashMap<>();
    private boolean committed;

    private FolderWriter(Path target, Path work, boolean force) {
        this.target = target;
        this.work = work;
        this.force = force;
    }

    /**
     * Begins a folder. Do this before the long work, so that a folder that may not be replaced is noticed first.
     *
     * @param target the folder wanted
     * @param force  whether it may replace a folder that is there
     * @throws FileException if it is there and may not be replaced, or nothing can be written beside it
     */
    public static FolderWriter begin(Path target, boolean force) {
        recover(target);
        if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            if (!force) {
                throw new FileException(target, "is there already; give another --out, or --force to replace it");
            }
            if (!Files.isRegularFile(target.resolve(Manifest.FILE_NAME)) && !isEmptyFolder(target)) {
                throw new FileException(target, "is there and was not written by this program (it has no " + Manifest.FILE_NAME
                        + "), so --force does not replace it; give another --out");
            }
        }
        try {
            Files.createDirectories(parent(target));
            String unique = ProcessHandle.current().pid() + "-" + System.nanoTime();
            return new FolderWriter(target, Files.createDirectory(hidden(target, WRITING + unique)), force);
        } catch (IOException e) {
            throw new FileException(target, "cannot be written: " + reason(e));
        }
    }

    /** Writes a text file into the folder, in UTF-8. */
    public void write(String name, String text) {
        write(name, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Writes a file into the folder; the name may have folders in it. */
    public void write(String name, byte[] bytes) {
        Path file = work.resolve(name).normalize();
        if (!file.startsWith(work) || file.equals(work) || digests.containsKey(name) || name.equals(Manifest.FILE_NAME)) {
            throw new IllegalArgumentException("file '" + name + "': must be a new name inside the folder");
        }
        try {
            Files.createDirectories(file.getParent());
            writeThrough(file, bytes);
        } catch (IOException e) {
            throw new FileException(target.resolve(name), "cannot be written: " + reason(e));
        }
        digests.put(name, Digests.sha256(bytes));
    }

    /**
     * Puts the folder into its place.
     *
     * @throws FileException if it cannot be written, or may not be replaced and came to be there since {@link #begin}; then it is kept
     * beside it
     */
    public void commit() {
        try {
            writeThrough(work.resolve(Manifest.FILE_NAME), Digests.listing(digests).getBytes(StandardCharsets.UTF_8));
            forceFolders(work);
            if (!force && Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
                Path kept = target.resolveSibling(target.getFileName() + "-" + ProcessHandle.current().pid());
                Files.move(work, kept, StandardCopyOption.ATOMIC_MOVE);
                committed = true;
                throw new FileException(target, "was written by another process meanwhile; this one's is kept in " + kept);
            }
            Path ready = hidden(target, READY);
            delete(ready);
            Files.move(work, ready, StandardCopyOption.ATOMIC_MOVE);
            place(target);
            committed = true;
        } catch (IOException e) {
            throw new FileException(target, "cannot be written: " + reason(e));
        }
    }

    /** Takes back what was written, unless it was committed. */
    @Override
    public void close() {
        if (!committed) {
            try {
                delete(work);
            } catch (IOException e) {
                throw new FileException(work, "is left over and cannot be removed: " + reason(e));
            }
        }
    }

    /**
     * Finishes or takes back what an earlier process left when it was killed while writing this folder. What another process that is still
     * alive writes is not touched.
     */
    public static void recover(Path target) {
        if (!Files.isDirectory(parent(target))) {
            return;
        }
        try {
            if (Files.isDirectory(hidden(target, READY))) {
                place(target);
            }
            delete(hidden(target, OLD));
            String prefix = hidden(target, WRITING).getFileName().toString();
            try (DirectoryStream<Path> beside =
                    Files.newDirectoryStream(parent(target), path -> path.getFileName().toString().startsWith(prefix))) {
                for (Path left : beside) {
                    if (!isAlive(left.getFileName().toString().substring(prefix.length()))) {
                        delete(left);
                    }
                }
            }
        } catch (IOException | UncheckedIOException e) {
            throw new FileException(target, "an earlier run was stopped while it wrote this, and that cannot be cleaned up: "
                    + e.getMessage());
        }
    }

    /** The last steps, each of which may be the last one done: old one aside, new one in, old one gone. */
    private static void place(Path target) throws IOException {
        Path old = hidden(target, OLD);
        if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            delete(old);
            Files.move(target, old, StandardCopyOption.ATOMIC_MOVE);
        }
        Files.move(hidden(target, READY), target, StandardCopyOption.ATOMIC_MOVE);
        force(parent(target));
        delete(old);
    }

    private static boolean isAlive(String owner) {
        try {
            return ProcessHandle.of(Long.parseLong(owner.substring(0, owner.indexOf('-')))).isPresent();
        } catch (NumberFormatException | StringIndexOutOfBoundsException e) {
            return false;
        }
    }

    private static boolean isEmptyFolder(Path folder) {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.findAny().isEmpty();
        } catch (IOException e) {
            return false;
        }
    }

    /** Writes one file so that a crash leaves the old contents or the new ones: a temporary file beside it, then a rename. */
    static void replace(Path file, byte[] bytes) throws IOException {
        Path beside = hidden(file, WRITING + ProcessHandle.current().pid());
        try {
            writeThrough(beside, bytes);
            Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(beside);
        }
        force(parent(file));
    }

    private static void writeThrough(Path file, byte[] bytes) throws IOException {
        Files.write(file, bytes);
        force(file);
    }

    private static void forceFolders(Path root) throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            for (Path folder : all.filter(Files::isDirectory).toList()) {
                force(folder);
            }
        }
    }

    private static void force(Path path) throws IOException {
        boolean folder = Files.isDirectory(path);
        try (FileChannel channel = FileChannel.open(path, folder ? StandardOpenOption.READ : StandardOpenOption.WRITE)) {
            channel.force(true);
        } catch (IOException e) {
            // Some systems open no folder for this; their rename is as durable as it gets.
            if (!folder) {
                throw e;
            }
        }
    }

    private static void delete(Path root) throws IOException {
        if (!Files.exists(root, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (Stream<Path> all = Files.walk(root)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }

    static String reason(IOException e) {
        String kind = e.getClass().getSimpleName().replace("Exception", "").replaceAll("(?<=[a-z])(?=[A-Z])", " ")
                .toLowerCase(Locale.ROOT);
        return kind.equals("io") ? e.getMessage() : kind + (e.getMessage() == null ? "" : " (" + e.getMessage() + ")");
    }

    private static Path parent(Path path) {
        Path parent = path.toAbsolutePath().normalize().getParent();
        if (parent == null) {
            throw new FileException(path, "is the root of the file system; give a folder in it");
        }
        return parent;
    }

    private static Path hidden(Path path, String suffix) {
        return parent(path).resolve("." + path.toAbsolutePath().normalize().getFileName() + suffix);
    }
}
