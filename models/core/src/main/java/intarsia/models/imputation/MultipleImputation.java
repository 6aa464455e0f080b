package intarsia.models.imputation;

import intarsia.linalg.RandomStream;
import intarsia.models.data.DataSplit;
import intarsia.models.data.Source;
import intarsia.models.data.TaskSet;
import intarsia.models.data.TaskSplit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Completed data several times over, so that what is learned from all of them says how much of it was not measured (Rubin 1987). Draws are
 * proper: each has parameters of its own, drawn from their posterior ({@code NormalPosterior}), and in each row all missing numbers are
 * drawn together, given all that the row has.
 *
 * <p>{@link Draw#completed} conditions on responses too, or coefficients would be drawn towards 0 (Moons and others 2006): for inference.
 * {@link Draw#withoutResponse} does not: for predictions. Which task a row is of says nothing but its response's mean. Linear dependence is
 * all that is modeled; 0/1 cells, levels and whole numbers are made of normal ones.
 *
 * <p>A draw depends on the random stream and its number alone: neither on how many there are, nor on the order of rows, tasks, sources or
 * columns, nor on their units.
 */
public final class MultipleImputation {
    /** Turns of data augmentation before each draw. */
    public static final int TURNS = 40;

    private final DataSplit split;
    private final RandomStream random;
    private final JointEncoding encoding;
    private final IncompleteRows rows;
    private final NormalPosterior posterior;
    private final ValidCells valid;

    /**
     * Learns from all that was measured.
     *
     * @param data whose {@link TaskSet#given given} rows are completed
     */
    public MultipleImputation(TaskSet data, RandomStream random) {
        this.split = DataSplit.all(data.with(data.given()));
        this.random = random;
        this.encoding = JointEncoding.of(split, true);
        this.rows = encoding.rows(split);
        this.posterior = new NormalPosterior(rows);
        this.valid = ValidCells.of(data);
    }

    /** One completed table of each task. */
    public final class Draw {
        private final JointNormal normal;
        private final RandomStream own;

        private Draw(RandomStream own) {
            this.own = own;
            this.normal = posterior.draw(own.child("parameters"), TURNS);
        }

        /** Each task's blocks, given its rows and responses, in raw cells. */
        public Map<String, Map<Source, double[][]>> completed() {
            return blocks(JointCells.drawn(normal, rows, own.child("cells")));
        }

        /** The same, as if no response were known. */
        public Map<String, Map<Source, double[][]>> withoutResponse() {
            int[] predictors = encoding.predictors();
            return blocks(JointCells.drawn(ofSources(normal, predictors), rows.columns(predictors), own.child("without-response")));
        }
    }

    /**
     * A draw.
     *
     * @param number of the draw, from 0
     */
    public Draw draw(int number) {
        posterior.mode();
        return new Draw(random.child("draw", number));
    }

    /** Each task's blocks at what is expected without a response: a single best table. */
    public Map<String, Map<Source, double[][]>> expected() {
        int[] predictors = encoding.predictors();
        return blocks(JointCells.expected(ofSources(posterior.mode(), predictors), rows.columns(predictors)));
    }

    /** Where no column varies nothing is asked of it. */
    private static JointNormal ofSources(JointNormal normal, int[] predictors) {
        return predictors.length == 0 ? normal : normal.marginal(predictors);
    }

    private Map<String, Map<Source, double[][]>> blocks(JointCells cells) {
        Map<String, Map<Source, double[][]>> all = new LinkedHashMap<>();
        int first = 0;
        for (TaskSplit task : split.tasks()) {
            Map<Source, double[][]> blocks = new LinkedHashMap<>();
            List<Source> sources = encoding.sources();
            for (int s = 0; s < sources.size(); s++) {
                double[][] ordered = cells.cells(encoding, s, first, task.task().size());
                double[][] block = new double[ordered.length][];
                for (int i = 0; i < block.length; i++) {
                    block[task.train()[i]] = ordered[i];
                }
                blocks.put(sources.get(s), valid.filled(sources.get(s), task.task().blocks().get(sources.get(s)), block));
            }
            all.put(task.task().name(), blocks);
            first += task.task().size() + task.task().unlabelled().size();
        }
        return all;
    }
}
