package intarsia.models.files;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.StreamSupport;

/**
 * Where the CSV files of a study stand in the folder of the completed one: under their relative names, and those from outside the study's
 * folder under the name of the file alone.
 */
final class CompletedFiles {
    private final Map<String, String> places = new LinkedHashMap<>();
    private final List<String> notes = new ArrayList<>();

    /**
     * Finds a place for each.
     *
     * @param study the study file
     * @param names the files as the study file names them
     * @throws FileException if two have one place, or a name is not one that every system can write
     */
    CompletedFiles(Path study, Set<String> names) {
        Map<String, String> taken = new LinkedHashMap<>();
        taken.put(Study.FILE_NAME, Study.FILE_NAME);
        taken.put(Manifest.FILE_NAME, "the list of files");
        for (String name : names) {
            Path path = Path.of(name);
            boolean inside = !path.isAbsolute() && !parts(path).contains("..");
            String place = String.join("/", parts(inside ? path.normalize() : path.getFileName()));
            if (place.chars().anyMatch(c -> c == '\\' || Character.isISOControl(c))) {
                throw new FileException(study, "names the file " + Text.quoted(name)
                        + "; a completed study has no file with a backslash or a control character in its name; rename it");
            }
            String other = taken.putIfAbsent(place, name);
            if (other != null) {
                throw new FileException(study, "names the files " + Text.quoted(other) + " and " + Text.quoted(name)
                        + ", which would both be " + Text.quoted(place) + " in the completed study; rename one");
            }
            places.put(name, place);
            if (!inside) {
                notes.add(Text.quoted(name) + " is written as " + Text.quoted(place) + "; name it so in the completed " + Study.FILE_NAME
                        + ", which still names the file outside");
            }
        }
    }

    private static List<String> parts(Path path) {
        return StreamSupport.stream(path.spliterator(), false).map(Path::toString).toList();
    }

    /** The place of a file, with slashes between folders. */
    String of(String name) {
        return places.get(name);
    }

    /** What a person should know. */
    List<String> notes() {
        return List.copyOf(notes);
    }
}
