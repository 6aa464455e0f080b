package intarsia.models.files.model;

import java.util.stream.Collectors;

/** The reference of all keys of {@code [fit]} and its sections, written from the {@link Key}s themselves. */
public final class FitReference {
    private static final String HEAD = "| key | takes | default | meaning |\n|---|---|---|---|\n";

    private FitReference() {}

    /** The tables in Markdown, a section each; {@code docs/study-file.md} ends with them. */
    public static String markdown() {
        return FitOptions.tables().map(FitReference::section).collect(Collectors.joining());
    }

    private static String section(KeyTable table) {
        String title = table.section().isEmpty() ? "[fit], for " + table.models() : "[fit." + table.section() + "]";
        boolean named = table.section().isEmpty() || table.section().equals(table.models());
        String words = ((named ? "" : "For " + table.models() + ". ") + table.words()).strip();
        StringBuilder text = new StringBuilder("\n## ").append(title).append("\n\n").append(words).append(words.isEmpty() ? "" : "\n\n")
                .append(HEAD);
        for (Key<?> key : table.keys()) {
            text.append("| `").append(key.name()).append("` | ").append(key.type()).append(" | ").append(key.standard()).append(" | ")
                    .append(key.meaning()).append(" |\n");
        }
        return text.toString();
    }
}
