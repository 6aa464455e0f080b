package intarsia.cli;

import intarsia.linalg.Engine;
import intarsia.linalg.RandomStream;
import intarsia.models.ImputationMethod;
import intarsia.models.ImputesBlocks;
import intarsia.models.Model;
import intarsia.models.data.Column;
import intarsia.models.data.Source;
import intarsia.models.files.CompletedStudy;
import intarsia.models.files.CompletedStudy.Measured;
import intarsia.models.files.Results;
import intarsia.models.files.Study;
import intarsia.models.imputation.CompletedRows;
import intarsia.models.imputation.ImputationQuality;
import intarsia.models.imputation.ValidCells;
import intarsia.models.report.run.ImputationPage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A study's missing cells filled in once: blocks by the model where it imputes them, all else by another method.
 *
 * @param files     the study
 * @param model     the model; null for none
 * @param expected  what the other method expects
 * @param otherwise the other method
 * @param engine    what computes
 */
record StudyImputation(CompletedStudy files, Model model, CompletedRows expected, ImputationMethod otherwise, Engine engine) {
    private Study study() {
        return files.study();
    }

    private String name(Measured rows) {
        return study().tasks().task(rows.task()).cohort();
    }

    private ImputesBlocks imputing() {
        return model instanceof ImputesBlocks imputing && imputing.imputes() ? imputing : null;
    }

    /** What imputes blocks. */
    ImputationMethod method() {
        return imputing() == null ? otherwise : imputing().imputationMethod();
    }

    ImputationQuality quality(RandomStream random) {
        return ImputationQuality.of(method(), study().tasks(), engine, random);
    }

    /** Blocks of rows, whole. */
    Function<Measured, Map<Source, double[][]>> completed() {
        ValidCells valid = ValidCells.of(study().tasks());
        return rows -> {
            Map<Source, double[][]> blocks = expected.of(rows.task(), rows.rows());
            if (imputing() != null) {
                imputing().impute(engine, rows.task(), rows.rows()).forEach((source, own) -> {
                    if (!model.requiredSources().contains(source)) {
                        blocks.computeIfPresent(source, (s, other) ->
                                valid.filled(source, rows.rows().blocks().get(source), either(own, other)));
                    }
                });
            }
            return blocks;
        };
    }

    private static double[][] either(double[][] first, double[][] second) {
        double[][] either = new double[first.length][];
        for (int i = 0; i < first.length; i++) {
            either[i] = first[i].clone();
            for (int j = 0; j < either[i].length; j++) {
                either[i][j] = Double.isNaN(first[i][j]) ? second[i][j] : first[i][j];
            }
        }
        return either;
    }

    private static boolean known(double[][] block, int row, int column) {
        return block != null && !Double.isNaN(block[row][column]);
    }

    private static boolean known(double[][] block, int row) {
        boolean any = false;
        for (int j = 0; block != null && j < block[row].length; j++) {
            any |= known(block, row, j);
        }
        return any;
    }

    /** What is filled in where. */
    List<ImputationPage.Filled> filled() {
        List<ImputationPage.Filled> filled = new ArrayList<>();
        for (Measured rows : files.measured()) {
            for (Source source : study().schema().sources()) {
                double[][] block = rows.rows().blocks().get(source);
                int measured = 0;
                int whole = 0;
                for (int i = 0; i < rows.rows().size(); i++) {
                    whole += known(block, i) ? 0 : source.columns().size();
                    for (int j = 0; j < source.columns().size(); j++) {
                        measured += known(block, i, j) ? 1 : 0;
                    }
                }
                filled.add(new ImputationPage.Filled(name(rows), source.name(), measured, whole,
                        rows.rows().size() * source.columns().size() - measured - whole));
            }
        }
        return filled;
    }

    /** A row for each of the study's rows that says of each column whether it was imputed, 1, or measured, 0. */
    String flags() {
        List<Source> sources = study().schema().sources();
        List<String> header = new ArrayList<>(List.of("task", study().schema().id() == null ? "row" : study().schema().id()));
        sources.forEach(source -> source.columns().stream().map(Column::name).forEach(header::add));
        List<List<String>> lines = new ArrayList<>();
        for (Measured rows : files.measured()) {
            for (int i = 0; i < rows.rows().size(); i++) {
                List<String> row = new ArrayList<>(List.of(name(rows), rows.rows().rows().get(i)));
                for (Source source : sources) {
                    for (int j = 0; j < source.columns().size(); j++) {
                        row.add(known(rows.rows().blocks().get(source), i, j) ? "0" : "1");
                    }
                }
                lines.add(row);
            }
        }
        return Results.csv(header, lines);
    }
}
