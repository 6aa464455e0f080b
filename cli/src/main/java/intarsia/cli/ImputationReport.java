package intarsia.cli;

import intarsia.linalg.Engine;
import intarsia.linalg.RandomStream;
import intarsia.models.ImputesBlocks;
import intarsia.models.Model;
import intarsia.models.files.FolderWriter;
import intarsia.models.files.Results;
import intarsia.models.files.Study;
import intarsia.models.imputation.ImputationQuality;
import intarsia.models.report.Table;
import intarsia.models.report.run.ImputationSection;
import java.util.List;

/**
 * How good imputation is, for people and for files.
 *
 * @param quality figures; no columns where nothing is imputed
 */
record ImputationReport(ImputationQuality quality) {
    /** Folds are drawn from the same stream wherever imputation is judged. */
    static final String STREAM = "imputation";
    private static final String FILE = "imputation.csv";
    private static final int MOST_LINES = 24;

    /** Of what a model imputes: learned again without each of a few folds, which takes time. */
    static ImputationReport of(Model model, Study study, Engine engine, long seed, boolean hurried) {
        boolean judged = !hurried && model instanceof ImputesBlocks imputing && imputing.imputes();
        return new ImputationReport(judged ? ImputationQuality.of(((ImputesBlocks) model).imputationMethod(), study.tasks(), engine,
                RandomStream.of(seed, STREAM)) : new ImputationQuality(List.of(), List.of()));
    }

    /** {@code imputation.csv}. */
    void write(FolderWriter folder) {
        if (!quality.columns().isEmpty()) {
            Table table = new ImputationSection(quality).table();
            folder.write(FILE, Results.csv(table.header(), table.rows()));
        }
    }

    /** A line for each source, and a table of columns if there are few; empty where nothing is imputed. */
    String text() {
        if (quality.columns().isEmpty()) {
            return "";
        }
        ImputationSection section = new ImputationSection(quality);
        StringBuilder text = new StringBuilder("How well blocks are imputed\n");
        section.sentences().forEach(line -> text.append(line).append('\n'));
        if (section.table().rows().size() <= MOST_LINES) {
            TextTable table = new TextTable(section.table().header());
            section.table().rows().forEach(table::line);
            text.append(table);
        }
        return text.append('\n').toString();
    }
}
