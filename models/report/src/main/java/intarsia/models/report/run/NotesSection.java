package intarsia.models.report.run;

import intarsia.models.report.Page;
import java.util.List;

/**
 * What a person has to know before trusting it.
 *
 * @param notes a line each; warnings begin with "warning: "
 */
record NotesSection(List<String> notes) {
    private static final String WARNING = "warning: ";

    void write(Page page) {
        if (notes.isEmpty()) {
            return;
        }
        List<String> warnings = notes.stream().filter(note -> note.startsWith(WARNING)).map(note -> note.substring(WARNING.length()))
                .toList();
        page.section("Know first");
        if (!warnings.isEmpty()) {
            page.part("Warnings").list(warnings);
        }
        if (warnings.size() < notes.size()) {
            page.part("Notes").list(notes.stream().filter(note -> !note.startsWith(WARNING)).toList());
        }
    }
}
