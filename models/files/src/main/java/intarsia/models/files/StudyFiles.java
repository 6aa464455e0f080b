package intarsia.models.files;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.Locale;

/**
 * Finds the files that a study names, and keeps them inside its folder: a study from elsewhere may not make the program read other files.
 */
final class StudyFiles {
    private final Path study;
    private final boolean allowOutside;

    private StudyFiles(Path study, boolean allowOutside) {
        this.study = study;
        this.allowOutside = allowOutside;
    }

    /**
     * Finds the study file.
     *
     * @param folder a folder with a study.toml, or the TOML file itself
     * @throws FileException if there is none, or a link in the folder leads out of it
     */
    static StudyFiles of(Path folder, boolean allowOutside) {
        if (!Files.exists(folder)) {
            throw new FileException(folder, "there is no such folder; a study is a folder with a " + Study.FILE_NAME + " and CSV files");
        }
        Path file = Files.isDirectory(folder) ? folder.resolve(Study.FILE_NAME) : folder;
        if (!Files.exists(file) && Files.exists(folder.resolve(Manifest.FILE_NAME))) {
            throw new FileException(folder, "is a folder that fit wrote and not a study; a study is a folder with a " + Study.FILE_NAME
                    + " and CSV files");
        }
        if (Files.isRegularFile(file) && !file.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(".toml")) {
            throw new FileException(file, "is not a TOML file; a study is a folder with a " + Study.FILE_NAME
                    + " and CSV files, or the TOML file itself");
        }
        if (!Files.exists(file)) {
            throw new FileException(folder, "has no " + Study.FILE_NAME + "; a study is a folder with one and CSV files");
        }
        StudyFiles files = new StudyFiles(file, allowOutside);
        if (Files.isDirectory(folder) && files.leavesFolder(file)) {
            throw new FileException(file, "leads out of the study's folder by a link; name the file itself, or allow it: --allow-outside");
        }
        return files;
    }

    /** Whether a study may name what is outside its folder. */
    boolean allowOutside() {
        return allowOutside;
    }

    /** The study file. */
    Path study() {
        return study;
    }

    /**
     * The file of a name, which an element of a list in the study file gives.
     *
     * @throws FileException if there is none, or it is outside the study's folder
     */
    Path find(Section section, String key, int element, String name) {
        Path path;
        boolean leaves;
        try {
            path = study.resolveSibling(name);
            leaves = Path.of(name).isAbsolute() || Path.of(name).normalize().startsWith("..");
        } catch (InvalidPathException e) {
            throw section.error(key, element, Text.quoted(name) + " cannot be the name of a file here: "
                    + (name.indexOf('\0') >= 0 ? "it holds a zero character"
                    : "the system's locale cannot write it; set LC_ALL=C.UTF-8"));
        }
        if (name.isBlank()) {
            throw section.error(key, element, "the name of a file may not be empty");
        }
        if (leaves && !allowOutside) {
            throw outside(section, key, element, name);
        }
        Path found = Files.exists(path) ? path : alike(path);
        if (found == null) {
            throw section.error(key, element, "there is no file " + path);
        }
        if (leavesFolder(found)) {
            throw outside(section, key, element, name);
        }
        return found;
    }

    private static FileException outside(Section section, String key, int element, String name) {
        return section.error(key, element, Text.quoted(name)
                + " is not in the study's folder, or leads out of it by a link; put the file there, or allow it: " + "--allow-outside");
    }

    /** Whether a file that is there is, links followed, outside the study's folder. */
    private boolean leavesFolder(Path path) {
        try {
            return !allowOutside && !path.toRealPath().startsWith(study.toAbsolutePath().getParent().toRealPath());
        } catch (IOException e) {
            throw new FileException(path, "cannot be read: " + FileException.reason(e));
        }
    }

    /**
     * The one file whose name differs in its Unicode form only, or null: file systems and editors write the same letter in different forms.
     */
    private static Path alike(Path path) {
        String wanted = composed(path);
        if (Text.isAscii(wanted) || !Files.isDirectory(path.toAbsolutePath().getParent())) {
            return null;
        }
        try (DirectoryStream<Path> beside = Files.newDirectoryStream(path.toAbsolutePath().getParent(), other ->
                composed(other).equals(wanted))) {
            var found = beside.iterator();
            return found.hasNext() ? path.resolveSibling(found.next().getFileName()) : null;
        } catch (IOException e) {
            return null;
        }
    }

    private static String composed(Path path) {
        return Normalizer.normalize(String.valueOf(path.getFileName()), Normalizer.Form.NFC);
    }
}
