package intarsia.models.imputation;

import intarsia.linalg.RandomStream;
import intarsia.models.data.CohortRows;
import intarsia.models.data.DataSplit;
import intarsia.models.data.Source;
import intarsia.models.data.TaskSet;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Completed data several times over, so that what is learned from all of them says how much of it was not measured (Rubin 1987). Draws are
 * proper: each has parameters of its own, drawn from their posterior ({@code NormalPosterior}), and in each row all missing numbers are
 * drawn together, given all that the row has.
 *
 * <p>A row of several responses is one row, with a column for each response; one that it lacks is missing there and drawn, but not told.
 * {@link Draw#completed} conditions on responses too, or coefficients would be drawn towards 0 (Moons and others 2006): for inference.
 * {@link Draw#withoutResponse} does not: for predictions. Which task a row is of says nothing but its response's mean. Linear dependence is
 * all that is modeled; 0/1 cells, levels and whole numbers are made of normal ones.
 *
 * <p>A draw depends on the random stream and its number alone: neither on how many there are, nor on the order of rows, tasks, sources or
 * columns, nor on their units.
 */
public final class MultipleImputation {
    /** Turns of data augmentation before each draw. */
    public static final int TURNS = 40;

    private final List<CohortRows> cohorts;
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
        DataSplit split = DataSplit.all(data.with(data.given()));
        this.cohorts = CohortRows.of(split);
        this.random = random;
        this.encoding = JointEncoding.of(split, true);
        this.rows = encoding.rows(cohorts);
        this.posterior = new NormalPosterior(rows);
        this.valid = ValidCells.of(data);
    }

    /** One completed table of each cohort. */
    public final class Draw {
        private final JointNormal normal;
        private final RandomStream own;

        private Draw(RandomStream own) {
            this.own = own;
            this.normal = posterior.draw(own.child("parameters"), TURNS);
        }

        /** Given all that rows have, and all their responses. */
        public CompletedRows completed() {
            return blocks(JointCells.drawn(normal, rows, own.child("cells")));
        }

        /** The same, as if no response were known. */
        public CompletedRows withoutResponse() {
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

    /** What is expected without a response: a single best table. */
    public CompletedRows expected() {
        int[] predictors = encoding.predictors();
        return blocks(JointCells.expected(ofSources(posterior.mode(), predictors), rows.columns(predictors)));
    }

    /** The same by latent factors, {@link FactorImputation}: also of data without an anchor. */
    public CompletedRows expectedByFactors() {
        IncompleteRows predictors = rows.columns(encoding.predictors());
        return blocks(JointCells.expected(predictors.d() == 0 ? null : FactorModel.of(predictors).normal(), predictors));
    }

    /** Where no column varies nothing is asked of it. */
    private static JointNormal ofSources(JointNormal normal, int[] predictors) {
        return predictors.length == 0 ? normal : normal.marginal(predictors);
    }

    private CompletedRows blocks(JointCells cells) {
        List<Map<Source, double[][]>> all = new ArrayList<>();
        int first = 0;
        for (CohortRows cohort : cohorts) {
            Map<Source, double[][]> blocks = new LinkedHashMap<>();
            List<Source> sources = encoding.sources();
            for (int s = 0; s < sources.size(); s++) {
                blocks.put(sources.get(s), valid.filled(sources.get(s), cohort.rows().blocks().get(sources.get(s)),
                        cells.cells(encoding, s, first, cohort.size())));
            }
            all.add(blocks);
            first += cohort.size();
        }
        return new CompletedRows(cohorts, all);
    }
}
