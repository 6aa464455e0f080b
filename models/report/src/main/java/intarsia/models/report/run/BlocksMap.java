package intarsia.models.report.run;

import intarsia.models.data.MissingnessPattern;
import intarsia.models.data.Source;
import intarsia.models.report.Figure;
import intarsia.models.report.HeatMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Which share of a task's rows has which source.
 *
 * @param pattern the pattern of missing blocks
 */
record BlocksMap(MissingnessPattern pattern) {
    /** More tasks are no picture. */
    private static final int MOST_TASKS = 60;

    /** As a figure; empty for very many tasks. */
    Optional<Figure> figure() {
        if (pattern.tasks().size() > MOST_TASKS) {
            return Optional.empty();
        }
        double[][] shares = IntStream.range(0, pattern.tasks().size()).mapToObj(t -> pattern.cells().get(t).stream()
                .mapToDouble(cell -> cell.rows() / (double) pattern.sizes().get(t)).toArray()).toArray(double[][]::new);
        List<String> rows = IntStream.range(0, pattern.tasks().size())
                .mapToObj(t -> pattern.tasks().get(t) + " (" + pattern.sizes().get(t) + ")")
                .toList();
        return Optional.of(new HeatMap(rows, pattern.sources().stream().map(Source::name).toList(), shares, 0, 1).figure("blocks",
                "Rows with each source, task by task",
                "Share of a task's rows that have a number in the source; the task's rows in parentheses. "
                        + missing() + " of " + all() + " blocks count as missing.", "0 %"));
    }

    /** How many blocks there are. */
    int all() {
        return pattern.tasks().size() * pattern.sources().size();
    }

    /** How many count as missing. */
    int missing() {
        return (int) pattern.cells().stream().flatMap(List::stream).filter(cell -> cell.status() != MissingnessPattern.Status.OBSERVED)
                .count();
    }
}
