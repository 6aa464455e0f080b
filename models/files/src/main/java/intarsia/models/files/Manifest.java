package intarsia.models.files;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The list of a folder's files with the SHA-256 of each, as {@code sha256sum} writes and checks it ({@code sha256sum -c SHA256SUMS}). A run
 * folder is believed only if every file is what it was when written.
 */
public final class Manifest {
    /** The name of the list. */
    public static final String FILE_NAME = "SHA256SUMS";

    private final Path folder;
    private final Map<String, byte[]> files;

    private Manifest(Path folder, Map<String, byte[]> files) {
        this.folder = folder;
        this.files = files;
    }

    /**
     * Reads every file of a folder that {@link FolderWriter} wrote, and checks it.
     *
     * @throws FileException if the folder is missing, foreign, or a file is missing or changed
     */
    public static Manifest open(Path folder) {
        FolderWriter.recover(folder);
        if (!Files.isDirectory(folder)) {
            throw new FileException(folder,
                    Files.exists(folder) ? "is a file; the folder that fit wrote was expected" : "there is no such folder");
        }
        Path list = folder.resolve(FILE_NAME);
        if (!Files.exists(list)) {
            throw new FileException(folder, "has no " + FILE_NAME + ", so this program did not write it; give the folder that fit wrote");
        }
        Map<String, byte[]> files = new LinkedHashMap<>();
        int number = 0;
        for (String line : TextFile.read(list).text().lines().toList()) {
            number++;
            if (!line.matches("[0-9a-f]{64}  .+") || !folder.resolve(line.substring(66)).normalize().startsWith(folder.normalize())) {
                throw new FileException(list, number, "must be a digest of 64 digits, two blanks and the name of a file in this folder");
            }
            Path file = folder.resolve(line.substring(66));
            if (!Files.exists(file)) {
                throw new FileException(file, "is missing, though " + FILE_NAME + " lists it; the folder is damaged, run fit again");
            }
            byte[] bytes = TextFile.bytes(file);
            if (!Digests.sha256(bytes).equals(line.substring(0, 64))) {
                throw new FileException(file, "was changed after it was written (its SHA-256 is not the one in " + FILE_NAME
                        + "); the folder is damaged, run fit again");
            }
            files.put(line.substring(66), bytes);
        }
        return new Manifest(folder, files);
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
