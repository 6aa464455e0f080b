package intarsia.models.study.dual;

import intarsia.models.data.Split;
import intarsia.models.data.TaskSet;
import intarsia.models.simulation.SharedCoefficients;
import intarsia.models.study.Item;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** What an item's data are drawn from. */
public sealed interface DualData permits DualData.Simulated, Xenografts {
    /**
     * An item's data.
     *
     * @param data   the tasks
     * @param splits rows to learn from, to choose by and to be judged on
     * @param means  for each task, E[y] of every row; empty where the truth is not known
     */
    record Drawn(TaskSet data, List<Split> splits, List<double[]> means) {}

    /** The data of an item; the same for all its methods. */
    Drawn draw(Item<DualData, DualFit> item, long seed);

    /**
     * Simulated tasks of n rows to learn from and choose by (four to one), and as many rows again to be judged on as make chance small.
     *
     * @param simulation what is drawn; its own number of rows does not matter
     * @param rows       n
     */
    record Simulated(SharedCoefficients simulation, int rows) implements DualData {
        private static final int TEST = 400;

        @Override
        public Drawn draw(Item<DualData, DualFit> item, long seed) {
            // Rows to be judged on come first, so that they are the same at every n.
            SharedCoefficients.Drawn drawn = simulation.rows(TEST + rows).drawn(item.replicate(seed).child("data"));
            int learned = TEST + rows - Math.max(1, rows / 5);
            Split split = new Split(IntStream.range(TEST, learned).toArray(), IntStream.range(learned, TEST + rows).toArray(),
                    IntStream.range(0, TEST).toArray());
            List<Split> splits = new ArrayList<>();
            drawn.data().tasks().forEach(task -> splits.add(split));
            return new Drawn(drawn.data(), splits, drawn.means());
        }
    }
}
