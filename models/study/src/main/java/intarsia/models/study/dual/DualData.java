package intarsia.models.study.dual;

import intarsia.models.data.DataSplit;
import intarsia.models.data.TaskSplit;
import intarsia.models.simulation.SharedCoefficients;
import intarsia.models.study.Item;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;

/** What an item's data are drawn from. */
public sealed interface DualData permits DualData.Simulated, Xenografts {
    /**
     * An item's data.
     *
     * @param split rows to learn from, to choose by and to be judged on
     * @param means for each task by its name, E[y] of every row; empty where the truth is not known
     */
    record DrawnTasks(DataSplit split, Map<String, double[]> means) {}

    /** The data of an item; the same for all its methods. */
    DrawnTasks draw(Item<DualData> item, long seed);

    /**
     * Simulated tasks of n rows to learn from and choose by (four to one), and as many rows again to be judged on as make chance small.
     *
     * @param simulation what is drawn; its own number of rows does not matter
     * @param rows       n
     */
    record Simulated(SharedCoefficients simulation, int rows) implements DualData {
        private static final int TEST = 400;

        @Override
        public DrawnTasks draw(Item<DualData> item, long seed) {
            // Rows to be judged on come first, so that they are the same at every n.
            SharedCoefficients.SimulatedTasks simulated = simulation.rows(TEST + rows).simulate(item.replicate(seed).child("data"));
            int learned = TEST + rows - Math.max(1, rows / 5);
            DataSplit split = DataSplit.of(simulated.data(), task -> new TaskSplit(task, IntStream.range(TEST, learned).toArray(),
                    IntStream.range(learned, TEST + rows).toArray(), IntStream.range(0, TEST).toArray()));
            Map<String, double[]> means = new LinkedHashMap<>();
            for (int t = 0; t < simulated.means().size(); t++) {
                means.put(simulated.data().tasks().get(t).name(), simulated.means().get(t));
            }
            return new DrawnTasks(split, means);
        }
    }
}
