package intarsia.models.report.run;

import intarsia.models.imputation.ImputationQuality;
import intarsia.models.report.Figure;
import intarsia.models.report.IntervalPlot;
import intarsia.models.report.Page;
import intarsia.models.report.Rounded;
import intarsia.models.report.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How good imputation is where the truth is known.
 *
 * @param quality figures of each column
 */
public record ImputationSection(ImputationQuality quality) {
    private static final int MOST_OPEN = 24;
    private static final int MOST_COLUMNS = 600;

    void write(Page page) {
        if (quality.columns().isEmpty()) {
            return;
        }
        page.section("Imputation").list(sentences());
        page.figures(List.of(figure()));
        Table table = table();
        if (table.rows().size() > MOST_COLUMNS) {
            page.paragraph("Too many columns for a page: `imputation.csv` has the figures of each.");
        } else if (table.rows().size() > MOST_OPEN) {
            page.folded(table);
        } else {
            page.table(table);
        }
    }

    /** One for each source. */
    public List<String> sentences() {
        return quality.sources().stream().map(source -> {
            String figure = Rounded.of(quality.gain(0, source));
            return quality.noBetterThanMeans().contains(source)
                    ? source + " cannot be imputed better than by its columns' means: gain " + figure + " on hidden cells, by "
                            + quality.methods().getFirst()
                    : source + " is imputed better than by its columns' means: gain " + figure + " on hidden cells, by "
                            + quality.methods().getFirst();
        }).toList();
    }

    private Figure figure() {
        List<String> sources = quality.sources();
        List<IntervalPlot.Series> series = IntStream.range(0, quality.methods().size()).mapToObj(m -> {
            double[] none = new double[sources.size()];
            Arrays.fill(none, Double.NaN);
            return new IntervalPlot.Series(quality.methods().get(m), sources.stream()
                    .mapToDouble(source -> quality.gain(m, source)).toArray(), none, none);
        }).toList();
        return new IntervalPlot("gain over column means", sources, series).figure("imputation", "How well sources are imputed",
                "Mean over a source's columns: R2 of quantities, the share by which log loss is lower than that of column means for 0/1 "
                        + "columns and levels. 0 is as good as column means, 1 without error. " + ImputationQuality.FOLDS
                        + "-fold cross-validation, the source hidden.",
                "Gain of each way of imputing over column means, source by source");
    }

    /** A line for each column. */
    public Table table() {
        List<String> header = new ArrayList<>(List.of("source", "column", "figure", "cells"));
        header.addAll(quality.methods());
        return new Table("Imputation, column by column", "On measured cells that were hidden, each source apart, "
                + ImputationQuality.FOLDS + "-fold cross-validation. R2: the higher, the better; log loss: the lower, the better. How well "
                + "a task's rows would be imputed that has none of the source, it cannot say.", header,
                quality.columns().stream().map(column -> {
                    List<String> row = new ArrayList<>(List.of(column.source(), column.column(), column.levels() ? "log loss" : "R2",
                            Integer.toString(column.cells())));
                    column.figures().forEach(figure -> row.add(Double.isNaN(figure) ? "not learned" : Rounded.of(figure)));
                    return row;
                }).toList());
    }
}
