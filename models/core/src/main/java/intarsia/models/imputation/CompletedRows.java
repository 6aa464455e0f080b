package intarsia.models.imputation;

import intarsia.models.data.CohortRows;
import intarsia.models.data.DataException;
import intarsia.models.data.Observations;
import intarsia.models.data.Source;
import intarsia.models.data.TaskSplit;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Rows whose missing cells are filled in, in raw cells: those of a cohort once, whatever their responses. */
public final class CompletedRows {
    private final List<CohortRows> cohorts;
    private final List<Map<Source, double[][]>> blocks;

    CompletedRows(List<CohortRows> cohorts, List<Map<Source, double[][]>> blocks) {
        this.cohorts = cohorts;
        this.blocks = blocks;
    }

    /** The blocks of each task's rows with a response, as they were given. A row's cells are the same in all its tasks. */
    public Map<String, Map<Source, double[][]>> tasks() {
        Map<String, Map<Source, double[][]>> all = new HashMap<>();
        for (int c = 0; c < cohorts.size(); c++) {
            for (int t = 0; t < cohorts.get(c).tasks().size(); t++) {
                TaskSplit task = cohorts.get(c).tasks().get(t);
                int[] places = new int[task.task().size()];
                for (int k = 0; k < places.length; k++) {
                    places[task.train()[k]] = cohorts.get(c).places(t)[k];
                }
                all.put(task.task().name(), chosen(blocks.get(c), places));
            }
        }
        return all;
    }

    /**
     * The blocks of rows of a task's cohort; all NaN in those that were not there.
     *
     * @param rows as {@link CohortRows#find} wants them
     * @throws DataException if there is no such task
     */
    public Map<Source, double[][]> of(String task, Observations rows) {
        for (int c = 0; c < cohorts.size(); c++) {
            if (cohorts.get(c).tasks().stream().anyMatch(of -> of.task().name().equals(task))) {
                return chosen(blocks.get(c), cohorts.get(c).find(rows));
            }
        }
        throw new DataException("no task '" + task + "'");
    }

    private static Map<Source, double[][]> chosen(Map<Source, double[][]> blocks, int[] places) {
        Map<Source, double[][]> chosen = new LinkedHashMap<>();
        blocks.forEach((source, block) -> chosen.put(source, Arrays.stream(places).mapToObj(place -> place >= 0 ? block[place].clone()
                : missing(source)).toArray(double[][]::new)));
        return chosen;
    }

    private static double[] missing(Source source) {
        double[] row = new double[source.columns().size()];
        Arrays.fill(row, Double.NaN);
        return row;
    }
}
