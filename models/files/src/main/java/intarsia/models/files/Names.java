package intarsia.models.files;

import java.nio.charset.StandardCharsets;

/** The rule for names of tasks and sources, which become names of files. */
final class Names {
    private static final int LONGEST = 100;
    /** File systems take 255 bytes, endings included. */
    private static final int MOST_BYTES = 220;

    private Names() {}

    /** Why a name cannot become a file's, as the end of a sentence that begins with what it names; null if it can. */
    static String problem(String name) {
        String of = Text.quoted(name) + " becomes the name of a file: ";
        if (name.isBlank() || name.equals(".") || name.equals("..")) {
            return of + "it may not be empty, '.' or '..'";
        }
        if (name.codePointCount(0, name.length()) > LONGEST || name.getBytes(StandardCharsets.UTF_8).length > MOST_BYTES) {
            return of + "it may not be longer than " + LONGEST + " characters (" + MOST_BYTES + " bytes)";
        }
        if (name.codePoints().anyMatch(c -> c == '/' || c == '\\' || Character.isISOControl(c)
                || Character.getType(c) == Character.SURROGATE)) {
            return of + "it may not hold a slash, a backslash or a control character";
        }
        return null;
    }
}
