package intarsia.models.data;

import static org.assertj.core.api.Assertions.assertThat;

import intarsia.linalg.Engine;
import intarsia.linalg.RandomStream;
import intarsia.models.Estimator;
import intarsia.models.FitContext;
import intarsia.models.ImputesBlocks;
import intarsia.models.Model;
import intarsia.models.Progress;
import intarsia.models.baseline.Regression;
import intarsia.models.gp.MultitaskGp;
import intarsia.models.hmb.MtlHmb;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Rows without a response teach imputation, and nothing else. */
class UnlabelledRowsTest {
    private static final Source ANCHOR = Source.of("exam", "a", "b", "c");
    private static final Source BLOCK = Source.of("labs", "u", "v");

    private static final List<Estimator> IMPUTING = List.of(MultitaskGp.options().missing(MultitaskGp.MissingBlocks.IMPUTED),
            MultitaskGp.options().missing(MultitaskGp.MissingBlocks.JOINT).search(new MultitaskGp.Search(1, 40, 400, 1_000)),
            MtlHmb.options());

    /** A block that depends on the anchor: u = a + b, v = a - c, with a little noise. */
    private static Observations rows(String name, int count) {
        RandomStream random = RandomStream.of(3, name);
        double[][] anchor = new double[count][3];
        double[][] block = new double[count][2];
        for (int i = 0; i < count; i++) {
            for (int j = 0; j < 3; j++) {
                anchor[i][j] = random.nextGaussian();
            }
            block[i][0] = anchor[i][0] + anchor[i][1] + 0.1 * random.nextGaussian();
            block[i][1] = anchor[i][0] - anchor[i][2] + 0.1 * random.nextGaussian();
        }
        return new Observations(IntStream.range(0, count).mapToObj(i -> name + i).toList(), Map.of(ANCHOR, anchor, BLOCK, block));
    }

    private static DataSplit data(Observations unlabelled) {
        TaskSet.Builder data = TaskSet.builder();
        for (String name : List.of("with", "without")) {
            Observations rows = rows(name, 12);
            Task.Builder task = Task.continuous(name).rows(rows.rows()).block(ANCHOR, rows.blocks().get(ANCHOR));
            if (name.equals("with")) {
                task.block(BLOCK, rows.blocks().get(BLOCK)).unlabelled(unlabelled);
            }
            data.task(task.response(IntStream.range(0, 12).mapToDouble(i -> rows.blocks().get(BLOCK)[i][0]).toArray()));
        }
        return DataSplit.all(data.build());
    }

    private static Model fit(Estimator estimator, DataSplit data) {
        try (Engine engine = Engine.open()) {
            return estimator.fit(new FitContext(engine, data, RandomStream.of(1), Progress.NONE)).orThrow();
        }
    }

    /** The mean squared error of imputed cells, their noise apart. */
    private static double error(Model model) {
        Observations rows = rows("new", 200);
        try (Engine engine = Engine.open()) {
            double[][] imputed = ((ImputesBlocks) model).impute(engine, "without", rows.only(Set.of(ANCHOR))).get(BLOCK);
            double sum = 0;
            for (int i = 0; i < 200; i++) {
                double[] x = rows.blocks().get(ANCHOR)[i];
                sum += Math.pow(imputed[i][0] - (x[0] + x[1]), 2) / 400 + Math.pow(imputed[i][1] - (x[0] - x[2]), 2) / 400;
            }
            return sum;
        }
    }

    @Test
    void imputationLearnsFromThem() {
        Observations many = rows("unlabelled", 300);
        for (Estimator estimator : IMPUTING) {
            double without = error(fit(estimator, data(Observations.NONE)));
            double with = error(fit(estimator, data(many)));
            assertThat(with).as(estimator.name()).isLessThan(0.6 * without);
        }
    }

    @Test
    void theirOrderDoesNotMatter() {
        Observations many = rows("unlabelled", 40);
        int[] turned = IntStream.range(0, 40).boxed().sorted(Collections.reverseOrder()).mapToInt(Integer::intValue).toArray();
        for (Estimator estimator : IMPUTING) {
            assertThat(error(fit(estimator, data(many.select(turned))))).isEqualTo(error(fit(estimator, data(many))));
        }
    }

    @Test
    void nothingElseLearnsFromThem() {
        Observations rows = rows("new", 20).only(Set.of(ANCHOR));
        assertThat(fit(Regression.POOLED, data(rows("unlabelled", 40))).predict("without", rows))
                .isEqualTo(fit(Regression.POOLED, data(Observations.NONE)).predict("without", rows));
        assertThat(data(rows("unlabelled", 40)).task("with").task().size()).isEqualTo(12);
    }

    @Test
    void rowsAreJoined() {
        Observations both = rows("p", 2).only(Set.of(ANCHOR)).and(rows("q", 1));
        assertThat(both.rows()).containsExactly("p0", "p1", "q0");
        assertThat(both.blocks().get(BLOCK)[0]).containsOnly(Double.NaN);
        assertThat(both.blocks().get(BLOCK)[2]).isEqualTo(rows("q", 1).blocks().get(BLOCK)[0]);
        assertThat(both.select(new int[] {2}).blocks().get(ANCHOR)).isDeepEqualTo(rows("q", 1).blocks().get(ANCHOR));
    }
}
