package intarsia.cli;

import intarsia.models.response.ResponseFamily;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** How often rows of each level were taken for each: by their most probable one. */
final class ConfusionTable {
    private final List<String> levels;
    private final int[][] rows;

    private ConfusionTable(List<String> levels) {
        this.levels = levels;
        rows = new int[levels.size()][levels.size()];
    }

    /** Of rows with responses and predictions of a family that has levels. */
    static ConfusionTable of(ResponseFamily family, double[] truth, double[] predicted) {
        ConfusionTable table = new ConfusionTable(family.levels());
        int width = family.width();
        IntStream.range(0, truth.length)
                .forEach(row -> table.rows[(int) truth[row]][ResponseFamily.likeliest(predicted, row * width, width)]++);
        return table;
    }

    /** The sum of some. */
    static ConfusionTable sum(List<ConfusionTable> tables) {
        ConfusionTable sum = new ConfusionTable(tables.getFirst().levels);
        for (ConfusionTable table : tables) {
            for (int k = 0; k < sum.rows.length; k++) {
                for (int j = 0; j < sum.rows.length; j++) {
                    sum.rows[k][j] += table.rows[k][j];
                }
            }
        }
        return sum;
    }

    /** A line for each level that rows have, a column for each that they were taken for. */
    @Override
    public String toString() {
        List<String> header = new ArrayList<>(List.of("level"));
        levels.forEach(level -> header.add("taken for " + level));
        TextTable table = new TextTable(header);
        for (int k = 0; k < rows.length; k++) {
            List<String> line = new ArrayList<>(List.of(levels.get(k)));
            IntStream.of(rows[k]).forEach(count -> line.add(Integer.toString(count)));
            table.line(line);
        }
        return table.toString();
    }

    /** A line of a table for each pair of levels: response, task, the level, what it was taken for, how many rows. */
    List<List<Object>> lines(String response, String task) {
        List<List<Object>> lines = new ArrayList<>();
        for (int k = 0; k < rows.length; k++) {
            for (int j = 0; j < rows.length; j++) {
                lines.add(List.of(response, task, levels.get(k), levels.get(j), rows[k][j]));
            }
        }
        return lines;
    }
}
