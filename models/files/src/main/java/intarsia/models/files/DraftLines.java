package intarsia.models.files;

import java.util.ArrayList;
import java.util.List;

/** The lines of a drafted study file. */
final class DraftLines {
    private final StringBuilder text = new StringBuilder();

    /** One more. */
    void line(String line) {
        text.append(line.stripTrailing().replaceAll("[\\r\\n]", " ")).append('\n');
    }

    /** How a column is to be read, if there is anything to say. */
    void column(ColumnProfile column) {
        List<String> settings = new ArrayList<>();
        String asked = "";
        switch (column.guess()) {
            case BINARY -> settings.add("kind = \"binary\"");
            case TWO_VALUES -> {
                settings.add("kind = \"binary\", positive = " + quoted(column.last()));
                asked = "  # values " + column.some();
            }
            case CATEGORICAL -> {
                settings.add("kind = \"categorical\"");
                asked = "  # values " + column.some();
            }
            case DATE -> settings.add("kind = \"date\", since = " + quoted(column.firstDay()));
            case CODES -> asked = "  # a quantity, or codes?  { kind = \"categorical\" } if codes: " + column.some();
            default -> { }
        }
        if (!column.missingCodes().isEmpty()) {
            settings.add("missing = " + list(column.missingCodes()));
            asked += "  # does " + Nearest.some(column.missingCodes()) + " mean that nothing was measured?";
        }
        if (column.isCensored()) {
            settings.add("censored = \"half\"");
            asked += "  # or \"limit\" or \"sqrt2\"?";
        }
        if (!settings.isEmpty()) {
            line(quoted(column.name()) + " = { " + String.join(", ", settings) + " }" + asked);
        } else if (!asked.isEmpty()) {
            line("# " + Text.shown(column.name()) + asked.replaceFirst("# ", ""));
        }
    }

    /** As TOML writes a list of strings. */
    static String list(List<String> names) {
        return "[" + String.join(", ", names.stream().map(DraftLines::quoted).toList()) + "]";
    }

    /** As TOML writes a string. */
    static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.codePoints().forEach(c -> {
            if (c == '"' || c == '\\') {
                quoted.append('\\').appendCodePoint(c);
            } else if (Character.isISOControl(c)) {
                quoted.append(String.format("\\u%04X", c));
            } else {
                quoted.appendCodePoint(c);
            }
        });
        return quoted.append('"').toString();
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
