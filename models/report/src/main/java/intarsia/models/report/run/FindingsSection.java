package intarsia.models.report.run;

import intarsia.models.Finding;
import intarsia.models.report.Page;
import intarsia.models.report.Table;
import java.util.List;

/**
 * What a model says of its tasks and columns; what is too large for a page is in the folder's files.
 *
 * @param findings all of it
 */
record FindingsSection(List<Finding> findings) {
    private static final int MOST_ROWS = 60;
    private static final int MOST_OPEN = 16;

    void write(Page page) {
        if (findings.isEmpty()) {
            return;
        }
        page.section("What is shared");
        for (Finding finding : findings) {
            switch (finding) {
                case Finding.Text(String name, String title, String text) -> page.part(title).lines(text.strip());
                case Finding.Table(String name, String title, List<String> header, List<List<String>> rows) -> {
                    Table table = new Table(title, rows.size() <= MOST_ROWS ? "" : "The first " + MOST_ROWS + " of " + rows.size()
                            + " rows; "
                            + name + ".csv has all.", header, rows.subList(0, Math.min(rows.size(), MOST_ROWS)));
                    if (rows.size() > MOST_OPEN) {
                        page.folded(table);
                    } else {
                        page.table(table);
                    }
                }
                case Finding.Matrix matrix -> {
                    if (Math.max(matrix.rows().size(), matrix.columns().size()) <= MOST_ROWS) {
                        page.figures(List.of(FindingFigure.of(matrix)));
                    } else {
                        page.part(matrix.title()).paragraph("Too large for a page: `" + matrix.name() + ".csv` has it.");
                    }
                }
            }
        }
    }
}
