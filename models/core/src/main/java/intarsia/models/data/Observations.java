package intarsia.models.data;

import java.util.List;
import java.util.Map;

/**
 * Rows without a response: what is asked about. A source that is not given, or whose cells are all NaN in a row, is to be imputed.
 *
 * @param rows   the names of the rows
 * @param blocks what was observed, one array per row
 */
public record Observations(List<String> rows, Map<Source, double[][]> blocks) {
    /** Checks every block against its source and the number of rows. */
    public Observations {
        rows = List.copyOf(rows);
        blocks = Map.copyOf(blocks);
        for (var entry : blocks.entrySet()) {
            if (entry.getValue().length != rows.size()) {
                throw new DataException("source '" + entry.getKey().name() + "': " + entry.getValue().length + " rows, expected "
                        + rows.size());
            }
            for (int i = 0; i < rows.size(); i++) {
                Task.checkRow("row '" + rows.get(i) + "'", entry.getKey(), entry.getValue()[i]);
            }
        }
    }

    /** How many rows there are. */
    public int size() {
        return rows.size();
    }

    /**
     * Makes sure that sources are there.
     *
     * @throws DataException naming the first that is not
     */
    public void require(List<Source> sources) {
        for (Source source : sources) {
            if (!blocks.containsKey(source)) {
                throw new DataException("the rows lack source '" + source.name() + "' with columns "
                        + source.columns().stream().map(Column::name).toList() + ", which the model needs for every row");
            }
        }
    }

    /** Some of a task's rows, as if their response were not known. */
    public static Observations of(Task task, int[] which) {
        Map<Source, double[][]> blocks = new java.util.LinkedHashMap<>();
        task.blocks().forEach((source, block) -> {
            double[][] chosen = new double[which.length][];
            for (int i = 0; i < which.length; i++) {
                chosen[i] = block[which[i]];
            }
            blocks.put(source, chosen);
        });
        return new Observations(java.util.Arrays.stream(which).mapToObj(i -> task.rows().get(i)).toList(), blocks);
    }

    /** All of a task's rows. */
    public static Observations of(Task task) {
        return of(task, java.util.stream.IntStream.range(0, task.size()).toArray());
    }
}
