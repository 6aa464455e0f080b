package intarsia.models.hmb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import intarsia.autodiff.check.GradientCheck;
import intarsia.autodiff.plan.Parameters;
import intarsia.autodiff.plan.Plan;
import intarsia.linalg.Engine;
import intarsia.linalg.RandomStream;
import intarsia.models.Progress;
import intarsia.models.Weights;
import intarsia.models.net.DenseRows;
import intarsia.models.net.RowProgram;
import intarsia.models.net.Training;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Step 1's objective against loops over the weights and its derivatives against differences; and that it learns. */
class BlockImputerTest {
    private static final boolean[] ANCHOR = {false, true, false};
    private static final boolean[] SOURCE = {false, true};
    private static final int WIDTH = 4;
    private static final MtlHmb OPTIONS = imputer(WIDTH, 0, Training.DEFAULT.batch(3));

    private static MtlHmb imputer(int width, double orthogonality, Training training) {
        return MtlHmb.options().imputer(new MtlHmb.Imputer(width, 2, orthogonality, training));
    }

    private final Engine engine = Engine.options().kernels("scalar").open();
    private final BlockImputer.Table with = table(8, true, 2);
    private final BlockImputer.Table without = table(5, false, 1);

    @AfterEach
    void close() {
        engine.close();
    }

    private static BlockImputer.Table table(int rows, boolean observed, int tasks) {
        RandomStream random = RandomStream.of(rows);
        double[] anchor = new double[3 * rows];
        double[] source = new double[observed ? 2 * rows : 0];
        for (int i = 0; i < rows; i++) {
            double z = random.nextDouble(-1, 1);
            anchor[3 * i] = z;
            anchor[3 * i + 1] = random.nextInt(2);
            anchor[3 * i + 2] = random.nextDouble(-1, 1);
            if (observed) {
                source[2 * i] = 2 * z - anchor[3 * i + 1];
                source[2 * i + 1] = z > 0 ? 1 : 0;
            }
        }
        return new BlockImputer.Table(DenseRows.of(rows, anchor), DenseRows.of(rows, source), tasks);
    }

    private final class Work {
        private final MtlHmb options;
        private final BlockImputer.Objective objective;
        private final Parameters parameters;

        Work(MtlHmb options, BlockImputer.Table lacking) {
            this.options = options;
            objective = new BlockImputer(options, ANCHOR, SOURCE).objective(with, lacking);
            parameters = Parameters.of(engine, objective.value().graph(), RandomStream.of(3));
            HmbNetworkTest.awayFromKinks(parameters);
        }

        void feed(Plan plan) {
            objective.feed().accept(plan);
            objective.batches().forEach(rows -> {
                int[] order = new int[rows.size()];
                Arrays.setAll(order, i -> (2 * i + 1) % (rows.name().equals("in") ? 8 : 5));
                plan.set(rows, order, 0);
            });
        }

        double value() {
            Plan plan = Plan.compile(parameters, objective.value());
            feed(plan);
            plan.run();
            return plan.scalar(objective.value());
        }

        /** Equation 1, and the released code's, by loops; also the margin of relu. */
        double[] literal(int inRows, int outRows) {
            Literal net = new Literal(parameters.toMap());
            boolean released = options.variant() == Variant.RELEASED;
            double value = 0;
            for (boolean in : new boolean[] {true, false}) {
                int rows = in ? inRows : outRows;
                BlockImputer.Table table = in ? with : without;
                double pre = 0;
                double recon = 0;
                double[][] f = new double[rows][];
                double[][] g = new double[rows][];
                for (int r = 0; r < rows; r++) {
                    int row = (2 * r + 1) % (in ? 8 : 5);
                    double[] x0 = Arrays.copyOfRange(table.anchor().numbers(), 3 * row, 3 * row + 3);
                    f[r] = net.mlp("encoder/shared", 2, false, x0);
                    g[r] = net.mlp(in ? "encoder/in" : "encoder/out", 2, false, x0);
                    double[] back = net.mlp("decoder", 2, false, Literal.joined(f[r], g[r]));
                    recon += (Literal.squaredError(back[0], x0[0]) + Literal.crossEntropy(back[1], x0[1])
                            + Literal.squaredError(back[2], x0[2])) / 3;
                    if (in) {
                        double[] guess = net.mlp("predictor", 2, false, f[r]);
                        pre += (Literal.squaredError(guess[0], table.source().numbers()[2 * row])
                                + Literal.crossEntropy(guess[1], table.source().numbers()[2 * row + 1])) / 2;
                    }
                }
                if (rows > 0) {
                    value += released ? (pre + recon) / rows : pre + recon;
                    value += options.imputer().orthogonality() * Math.sqrt(Literal.squaredNormOfProduct(f, g));
                }
            }
            return new double[] {value, net.margin()};
        }
    }

    /** A mini-batch takes 3 rows for each task, or all rows in the released variant. */
    @ParameterizedTest
    @CsvSource({"PAPER, 0, 6, 3", "RELEASED, 0, 8, 5", "RELEASED, 1, 8, 5"})
    void objectiveIsThatOfTheFormulas(Variant variant, double orthogonality, int inRows, int outRows) {
        Work work = new Work(imputer(WIDTH, orthogonality, Training.DEFAULT.batch(3)).variant(variant), without);
        double[] literal = work.literal(inRows, outRows);
        assertThat(work.objective.batches()).extracting("size").containsExactly(inRows, outRows);
        assertThat(work.value()).isCloseTo(literal[0], within(1e-11 * literal[0]));
        assertThat(literal[1]).as("distance from kinks").isGreaterThan(0.1);
        assertThat(GradientCheck.firstOrder(work.parameters, work.objective.value(), work::feed, RandomStream.of(1))).isLessThan(1e-7);
        assertThat(GradientCheck.secondOrder(work.parameters, work.objective.value(), work::feed, RandomStream.of(2))).isLessThan(1e-6);
    }

    @Test
    void nothingIsAskedOfRowsThatAreNotThere() {
        Work work = new Work(OPTIONS, new BlockImputer.Table(DenseRows.of(0, new double[0]), DenseRows.of(0, new double[0]), 0));
        assertThat(work.objective.batches()).extracting("name").containsExactly("in");
        assertThat(work.value()).isCloseTo(work.literal(6, 0)[0], within(1e-11));
    }

    @Test
    void theDecoderIsAsWideAsTheVariantSays() {
        assertThat(new Work(OPTIONS, without).parameters.get("decoder/0/weight").shape().toString()).isEqualTo("[8x4]");
        assertThat(new Work(OPTIONS.variant(Variant.RELEASED), without).parameters.get("decoder/0/weight").shape().toString())
                .isEqualTo("[8x3]");
    }

    @ParameterizedTest
    @CsvSource({"PAPER", "RELEASED"})
    void learnsWhatTheAnchorSays(Variant variant) {
        BlockImputer.Table learn = table(200, true, 1);
        BlockImputer.Table judge = table(80, true, 1);
        Training training = Training.DEFAULT.learningRate(0.01).epochs(variant == Variant.PAPER ? 60 : 800).batch(16);
        BlockImputer imputer = new BlockImputer(imputer(8, 0, training).variant(variant), ANCHOR, SOURCE);
        Weights weights = imputer.fit(engine, learn, table(100, false, 1), judge, RandomStream.of(1), "test", Progress.NONE).orThrow()
                .model();
        assertThat(weights.tensors().keySet()).containsExactlyInAnyOrder("encoder/shared/0/weight", "encoder/shared/0/bias",
                "encoder/shared/1/weight",
                "encoder/shared/1/bias", "predictor/0/weight", "predictor/0/bias", "predictor/1/weight", "predictor/1/bias");
        weights.check(imputer.shapes());
        BlockImputation.Imputer fitted = imputer.with(weights);
        double[] imputed;
        try (RowProgram program = new RowProgram(engine, fitted.weights(), 3, (graph, anchor) -> List.of(fitted.impute(graph, anchor)))) {
            imputed = program.run(judge.anchor().numbers())[0];
        }
        double error = 0;
        int right = 0;
        for (int i = 0; i < 80; i++) {
            error += Math.pow(imputed[2 * i] - judge.source().numbers()[2 * i], 2) / 80;
            assertThat(imputed[2 * i + 1]).isBetween(0.0, 1.0);
            right += (imputed[2 * i + 1] > 0.5) == (judge.source().numbers()[2 * i + 1] == 1) ? 1 : 0;
        }
        assertThat(error).isLessThan(0.05);
        assertThat(right).isGreaterThan(74);
    }
}
