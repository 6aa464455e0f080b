package intarsia.models.files;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Writes a whole folder or none. Files go into a hidden folder beside the wanted one; {@link #commit} reads back what it wrote, adds a
 * {@link Manifest}, forces everything to the disk and renames. Whoever is stopped or killed before that leaves what was there before,
 * whoever is killed after it leaves the new folder.
 *
 * <pre>
 * try (FolderWriter run = FolderWriter.begin(Path.of("run1"), force)) {
 *     run.write("metrics.json", Json.write(metrics));
 *     run.commit();
 * }
 * </pre>
 *
 * Replacing a folder takes two renames, the old one aside and the new one into place; readers find the old one meanwhile, and after a kill
 * between the two until the next writer puts it back. Closing without a commit, and stopping the program (Ctrl-C), take back what was
 * written; what a killed writer left is taken away by the next one of the same folder, never by a reader. Who is alive is told by a
 * {@link WriterLock}.
 */
public final class FolderWriter implements AutoCloseable {
    static final String OLD = ".old-";
    private static final String LOCK = ".lock";
    /** Others may put folders into the place at the same moment; nobody is that unlucky so often. */
    private static final int ATTEMPTS = 20;

    /** The wanted folder as it was named, and where that is. */
    private final Path named;
    private final Path target;
    private final Path work;
    private final Path old;
    private final boolean force;
    private final Map<String, String> digests = new LinkedHashMap<>();
    private final Cleanup cleanup;
    private boolean ended;
    private boolean published;

    private FolderWriter(Path named, Path target, String id, boolean force, WriterLock lock, Path made) {
        this.named = named;
        this.target = target;
        this.work = Disk.hidden(target, Disk.WRITING + id);
        this.old = Disk.hidden(target, OLD + id);
        this.force = force;
        this.cleanup = Cleanup.of(() -> end(lock, made));
    }

    /**
     * Begins a folder. Do this before the long work, so that a folder that may not be replaced is noticed first.
     *
     * @param target the folder wanted
     * @param force  whether it may replace a folder that is there
     * @throws FileException if it is there and may not be replaced, or nothing can be written beside it
     */
    public static FolderWriter begin(Path target, boolean force) {
        checkReplaceable(target, force);
        try {
            Path made = Disk.createFolders(Disk.parent(target));
            // One spelling of the folder, however it was reached: a process must know its own lock files.
            Path real = Disk.parent(target).toRealPath().resolve(target.toAbsolutePath().normalize().getFileName());
            String id;
            WriterLock lock;
            do {
                id = Disk.unique();
                lock = WriterLock.take(Disk.hidden(real, Disk.WRITING + id + LOCK));
            } while (lock == null);
            FolderWriter writer = new FolderWriter(target, real, id, force, lock, made == null ? null : made.toRealPath());
            try {
                writer.recover(lock.time());
                checkReplaceable(target, force);
                Files.createDirectory(writer.work);
                return writer;
            } catch (IOException | RuntimeException e) {
                writer.close();
                throw e;
            }
        } catch (IOException e) {
            throw FileException.notWritten(target, e);
        }
    }

    /**
     * Fails early if a folder may not be written: do this before what is computed for it. Looks again where another writer was replacing it
     * meanwhile.
     *
     * @throws FileException if it is there and may not be replaced
     */
    public static void checkReplaceable(Path target, boolean force) {
        Object before = Manifest.identity(target);
        try {
            checkOnce(target, force);
        } catch (FileException e) {
            if (Objects.equals(before, Manifest.identity(target))) {
                throw e;
            }
            checkReplaceable(target, force);
        }
    }

    private static void checkOnce(Path target, boolean force) {
        if (!Files.exists(target, LinkOption.NOFOLLOW_LINKS) || force && isEmptyFolder(target)) {
            return;
        }
        if (!force) {
            throw new FileException(target, "is there already; give another --out, or --force to replace it");
        }
        if (Files.isSymbolicLink(target)) {
            throw new FileException(target, "is a link, which --force does not replace; give the folder it leads to");
        }
        if (!Files.isRegularFile(target.resolve(Manifest.FILE_NAME))) {
            throw new FileException(target, "is there and was not written by this program (it has no " + Manifest.FILE_NAME
                    + "), so --force does not replace it; give another --out");
        }
        Path unlisted = Manifest.unlisted(target);
        if (unlisted != null) {
            throw new FileException(target, "holds " + Text.quoted(unlisted.toString()) + ", which this program did not write there, so "
                    + "--force does not replace it; move that file, or give another --out");
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

    /** Writes a text file into the folder, in UTF-8. */
    public void write(String name, String text) {
        write(name, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Writes a file into the folder; the name may have folders in it. */
    public synchronized void write(String name, byte[] bytes) {
        try {
            Path file = work.resolve(name).normalize();
            if (!file.startsWith(work) || file.equals(work) || digests.containsKey(name) || name.equals(Manifest.FILE_NAME)) {
                throw new IllegalArgumentException("file '" + name + "': must be a new name inside the folder");
            }
            checkOpen();
            Files.createDirectories(file.getParent());
            Disk.writeThrough(file, bytes);
        } catch (InvalidPathException e) {
            throw new FileException(named, Text.quoted(name) + " cannot be the name of a file here; set LC_ALL=C.UTF-8");
        } catch (IOException e) {
            throw FileException.notWritten(named.resolve(name), e);
        }
        digests.put(name, Digests.sha256(bytes));
    }

    private void checkOpen() {
        if (ended) {
            throw new FileException(named, "is not written: the program is being stopped");
        }
    }

    /**
     * Puts the folder into its place.
     *
     * @throws FileException if it cannot be written, what was written was changed meanwhile, or it may not be replaced and came to be there
     * since {@link #begin}; then it is kept beside it
     */
    public synchronized void commit() {
        checkOpen();
        try {
            verify();
            Disk.writeThrough(work.resolve(Manifest.FILE_NAME), Digests.listing(digests).getBytes(StandardCharsets.UTF_8));
            Disk.forceFolders(work);
            if (force) {
                replace();
            } else {
                place();
            }
            published = true;
            Disk.force(target.getParent());
            cleanup.close();
        } catch (IOException e) {
            throw FileException.notWritten(named, e);
        }
    }

    /** What will be read must be what was written, byte by byte: disks fill up and other programs tidy. */
    private void verify() throws IOException {
        Map<String, String> there = new HashMap<>();
        try (Stream<Path> all = Files.walk(work)) {
            for (Path file : all.filter(path -> !Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)).toList()) {
                there.put(work.relativize(file).toString().replace('\\', '/'), Digests.sha256(file));
            }
        }
        if (!there.equals(digests)) {
            throw new IOException("what was written into " + work + " was changed by another program; nothing is published");
        }
    }

    /** Into a place that must be free. */
    private void place() throws IOException {
        if (Disk.place(work, target)) {
            return;
        }
        String kept = target.getFileName() + "-" + Disk.unique();
        Files.move(work, target.resolveSibling(kept), StandardCopyOption.ATOMIC_MOVE);
        cleanup.close();
        throw new FileException(named, "was written by another process meanwhile; this one's is kept in " + named.resolveSibling(kept));
    }

    /** Into a place that may be taken: the old folder aside, the new one in. */
    private void replace() throws IOException {
        for (int attempt = 1; true; attempt++) {
            if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
                checkReplaceable(named, true);
                Disk.delete(old);
                Disk.takeAside(target, old);
            }
            if (Disk.place(work, target)) {
                return;
            }
            if (attempt == ATTEMPTS) {
                throw new IOException("other processes keep writing this folder");
            }
        }
    }

    /** Takes back what was written, unless it was committed. */
    @Override
    public void close() {
        try {
            cleanup.close();
        } catch (IOException e) {
            throw new FileException(work, "is left over and cannot be removed: " + FileException.reason(e));
        }
    }

    /** The end of this writer, whichever way it comes to it. */
    private synchronized void end(WriterLock lock, Path made) throws IOException {
        ended = true;
        try (lock) {
            if (published) {
                Disk.delete(old);
            } else {
                tidy(work, old);
            }
        }
        if (made != null) {
            removeEmpty(target.getParent(), made);
        }
    }

    /** Folders that were made for nothing. */
    private static void removeEmpty(Path from, Path to) throws IOException {
        for (Path folder = from; isEmptyFolder(folder); folder = folder.getParent()) {
            Files.deleteIfExists(folder);
            if (folder.equals(to)) {
                return;
            }
        }
    }

    /** Puts the old folder back if the new one did not get into place, and takes away what is left of both. */
    private void tidy(Path left, Path aside) throws IOException {
        if (!Files.exists(target, LinkOption.NOFOLLOW_LINKS) && Manifest.isWhole(aside)) {
            Disk.place(aside, target);
        }
        Disk.delete(left);
        Disk.delete(aside);
    }

    /** Finishes what earlier writers of this folder left when they were killed. What one that may be alive writes is not touched. */
    private void recover(long now) throws IOException {
        String prefix = Disk.hidden(target, Disk.WRITING).getFileName().toString();
        try (DirectoryStream<Path> locks = Files.newDirectoryStream(target.getParent(), path ->
                path.getFileName().toString().startsWith(prefix)
                && path.getFileName().toString().endsWith(LOCK))) {
            for (Path lock : locks) {
                String name = lock.getFileName().toString();
                String id = name.substring(prefix.length(), name.length() - LOCK.length());
                try {
                    WriterLock.ifDead(lock, now, () -> tidy(Disk.hidden(target, Disk.WRITING + id), Disk.hidden(target, OLD + id)));
                } catch (IOException e) {
                    // Another person's, perhaps: what this program may not tidy is no reason not to write.
                }
            }
        }
    }
}
