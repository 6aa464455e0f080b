package intarsia.models.gp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import intarsia.linalg.Pool;
import intarsia.linalg.RandomStream;
import intarsia.linalg.Shape;
import intarsia.linalg.Tensor;
import intarsia.linalg.decomposition.Cholesky;
import intarsia.models.response.ResponseFamily;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Blocks as outputs: evidence, derivatives and predictions against one multivariate normal distribution of everything. */
class BlockPriorTest {
    private static final ResponseFamily NORMAL = ResponseFamily.CONTINUOUS;
    private static final ResponseFamily BINARY = ResponseFamily.BINARY;
    private static final Pool POOL = new Pool(1);
    private static final MultitaskGp.KernelSet KERNELS = new MultitaskGp.KernelSet(List.of(KernelKind.values()),
            SmoothKernel.SQUARED_EXPONENTIAL);

    /** Rows with responses, then rows without, then new ones. */
    private record Case(KernelRows all, TrainingRows training, BlockDirections directions, KernelRows asked) {
        static Case of(int labelled, int unlabelled, boolean everyBlock, List<ResponseFamily> families) {
            int n = labelled + unlabelled + 12;
            int[] tasks = IntStream.range(0, n).map(i -> i < labelled ? i * GpRows.TASKS / labelled : 2).toArray();
            SourceRows[] sources = GpRows.rows(n, everyBlock).sources();
            if (everyBlock) {
                double[] x = sources[1].x();
                sources[1] = SourceRows.measured(sources[1].rows(), x, 3, Arrays.stream(x).map(v -> KernelFeatures.square(v, 0)).toArray(),
                        3);
            }
            KernelRows all = new KernelRows(tasks, sources, sources);
            KernelRows rows = all.range(0, labelled);
            KernelRows anchors = new KernelRows(new int[labelled + unlabelled],
                    new SourceRows[] {all.range(0, labelled + unlabelled).sources()[0]},
                    new SourceRows[] {all.range(0, labelled + unlabelled).sources()[0]});
            SourceRows block = all.range(0, labelled + unlabelled).sources()[1];
            BlockDirections directions = BlockDirections.of(sources[1]);
            int[] missing = IntStream.range(0, labelled).filter(i -> Arrays.binarySearch(block.rows(), i) < 0).toArray();
            List<BlockOutput> outputs = new ArrayList<>();
            for (int k = 0; k < directions.count(); k++) {
                int number = k;
                outputs.add(new BlockOutput(1, directions.share(k), block.rows(), IntStream.range(0, block.size())
                        .mapToDouble(i -> directions.output(number, block.x(), i * block.width())).toArray(), missing));
            }
            Divisors anchor = new Divisors(4, 4, new double[1], new double[1]);
            return new Case(all, new TrainingRows(rows, rows, GpRows.divisors(), GpRows.responses(rows, families),
                    new BlockOutputs(labelled, anchors, new Divisors[] {anchor}, outputs)), directions,
                    all.range(labelled + unlabelled, n));
        }

        Hyperparameters hyperparameters() {
            HyperparameterIndex index = training.index(0);
            return new Hyperparameters(index, GpRows.values(index));
        }

        int size() {
            return training.size();
        }
    }

    static Stream<Arguments> families() {
        return Stream.of(List.of(NORMAL, NORMAL, NORMAL), List.of(BINARY, BINARY, BINARY), List.of(NORMAL, BINARY, NORMAL))
                .flatMap(families -> Stream.of(false, true).map(every -> Arguments.of(families.stream().map(ResponseFamily::key).toList(),
                        every, families)));
    }

    @ParameterizedTest(name = "{0}, every row has the block: {1}")
    @MethodSource("families")
    void derivativesAreThoseOfDifferences(List<String> names, boolean every, List<ResponseFamily> families) {
        Case of = Case.of(66, 9, every, families);
        double[] at = of.hyperparameters().values();
        HyperparameterIndex index = of.hyperparameters().index();
        double[] gradient = new double[index.size()];
        new MarginalLikelihood(KERNELS, of.training, POOL).value(new Hyperparameters(index, at), gradient);
        for (int k = 0; k < at.length; k++) {
            double[] difference = new double[2];
            for (int side = 0; side < 2; side++) {
                double[] moved = at.clone();
                moved[k] += side == 0 ? -1e-4 : 1e-4;
                difference[side] = new MarginalLikelihood(KERNELS, of.training, POOL).value(new Hyperparameters(index, moved),
                        new double[index.size()]);
            }
            assertThat(gradient[k]).as("hyperparameter %d", k)
                    .isCloseTo((difference[1] - difference[0]) / 2e-4, within(2e-5 * (1 + Math.abs(gradient[k]))));
        }
    }

    /**
     * Responses with their noise, outputs where they are observed, then linear predictors and outputs of new rows: all one normal
     * distribution with mean 0, its covariance written down without any conditioning.
     */
    private record Dense(int known, double[][] covariance, double[] values, int outputs) {
        static Dense of(Case of, Hyperparameters h) {
            int n = of.all.size();
            int labelled = of.size();
            int asked = of.asked.size();
            int rows = n - asked;
            List<BlockOutput> outputs = of.training.blocks().outputs();
            double[] k = new double[n * n];
            new Covariance(KERNELS, of.all, GpRows.divisors(), GpRows.TASKS).fill(h, k, POOL);
            KernelRows anchors = new KernelRows(new int[n], new SourceRows[] {of.all.sources()[0]},
                    new SourceRows[] {of.all.sources()[0]});
            List<int[]> variables = new ArrayList<>();
            List<Double> values = new ArrayList<>();
            for (int i = 0; i < labelled; i++) {
                variables.add(new int[] {-1, i});
                values.add(of.training.responses().values()[i]);
            }
            List<double[]> covariances = new ArrayList<>();
            for (int o = 0; o < outputs.size(); o++) {
                BlockOutput output = outputs.get(o);
                Hyperparameters own = h.index().output(o).process(h.values());
                double[] of0 = new double[n * n];
                new Covariance(KERNELS, anchors, of.training.blocks().divisors(), 1).fill(own, of0, POOL);
                for (int i = 0; i < n; i++) {
                    of0[i * n + i] += Responses.LEAST_NOISE + own.noise(0);
                }
                covariances.add(of0);
                for (int i = 0; i < output.observed().length; i++) {
                    variables.add(new int[] {o, output.observed()[i]});
                    values.add(output.values()[i]);
                }
            }
            int known = variables.size();
            for (int i = rows; i < n; i++) {
                for (int o = -1; o < outputs.size(); o++) {
                    variables.add(new int[] {o, i});
                }
            }
            double[][] covariance = new double[variables.size()][variables.size()];
            for (int a = 0; a < covariance.length; a++) {
                for (int b = 0; b < covariance.length; b++) {
                    int i = variables.get(a)[1];
                    int j = variables.get(b)[1];
                    int first = variables.get(a)[0];
                    int second = variables.get(b)[0];
                    double sum = first < 0 && second < 0 ? k[i * n + j] : 0;
                    for (int o = 0; o < outputs.size(); o++) {
                        double w = BlockPrior.loading(h, o, outputs.get(o));
                        double left = first < 0 ? w : first == o ? 1 : 0;
                        double right = second < 0 ? w : second == o ? 1 : 0;
                        sum += left * right * covariances.get(o)[i * n + j];
                    }
                    covariance[a][b] = sum + (a == b && a < labelled
                            ? of.training.responses().noise(h)[of.training.responses().tasks()[i]] : 0);
                }
            }
            return new Dense(known, covariance, values.stream().mapToDouble(v -> v).toArray(), outputs.size());
        }

        double logDensity() {
            Cholesky factor = Cholesky.of(part(range(0, known), range(0, known)));
            double[] solved = factor.solve(Tensor.vector(values)).doubles();
            double density = -0.5 * factor.logDeterminant() - 0.5 * known * Math.log(2 * Math.PI);
            for (int i = 0; i < known; i++) {
                density -= 0.5 * values[i] * solved[i];
            }
            return density;
        }

        /** Mean and variance of a variable given all known ones and, of its row, others. */
        double[] given(int variable, int[] others, double[] theirs) {
            int[] on = IntStream.concat(range(0, known), Arrays.stream(others)).toArray();
            double[] at = Arrays.copyOf(values, on.length);
            System.arraycopy(theirs, 0, at, known, theirs.length);
            Tensor cross = part(IntStream.of(variable), Arrays.stream(on));
            Cholesky factor = Cholesky.of(part(Arrays.stream(on), Arrays.stream(on)));
            double[] solved = factor.solve(Tensor.vector(cross.doubles())).doubles();
            double mean = 0;
            double variance = covariance[variable][variable];
            for (int i = 0; i < on.length; i++) {
                mean += solved[i] * at[i];
                variance -= solved[i] * cross.at(i);
            }
            return new double[] {mean, variance};
        }

        private static IntStream range(int from, int to) {
            return IntStream.range(from, to);
        }

        private Tensor part(IntStream rows, IntStream columns) {
            int[] r = rows.toArray();
            int[] c = columns.toArray();
            double[] part = new double[r.length * c.length];
            for (int i = 0; i < r.length; i++) {
                for (int j = 0; j < c.length; j++) {
                    part[i * c.length + j] = covariance[r[i]][c[j]];
                }
            }
            return Tensor.of(Shape.of(r.length, c.length), part);
        }
    }

    @ParameterizedTest(name = "{0} rows with responses, {1} without, every row has the block: {2}")
    @CsvSource({"66, 9, false", "66, 9, true", "30, 0, false", "3, 6, false", "1, 6, false", "1, 0, false"})
    void ofNormalResponsesItIsOneNormalDistributionOfEverything(int labelled, int unlabelled, boolean every) {
        Case of = Case.of(labelled, unlabelled, every, List.of(NORMAL, NORMAL, NORMAL));
        Hyperparameters h = of.hyperparameters();
        Dense dense = Dense.of(of, h);
        double density = dense.logDensity();
        assertThat(new MarginalLikelihood(KERNELS, of.training, POOL).value(h, new double[h.index().size()]))
                .isCloseTo(density, within(1e-9 * (1 + Math.abs(density))));
        List<BlockDirections> directions = Arrays.asList(null, of.directions);
        JointPosterior.Of predicted = new JointPosterior(KERNELS, of.training, directions, h, POOL).at(of.asked);
        SourceRows block = of.asked.sources()[1];
        int lacking = 0;
        for (int i = 0; i < of.asked.size(); i++) {
            int eta = dense.known + i * (1 + dense.outputs);
            int at = Arrays.binarySearch(block.rows(), i);
            lacking += at < 0 ? 1 : 0;
            int[] others = at < 0 ? new int[0] : IntStream.range(eta + 1, eta + 1 + dense.outputs).toArray();
            double[] theirs = IntStream.range(0, others.length).mapToDouble(k -> of.directions.output(k, block.x(), at * block.width()))
                    .toArray();
            double[] expected = dense.given(eta, others, theirs);
            assertThat(predicted.latent().mean()[i]).as("mean %d", i).isCloseTo(expected[0], within(1e-9));
            assertThat(predicted.latent().variance()[i]).as("variance %d", i).isCloseTo(expected[1], within(1e-9));
            for (int k = 0; k < dense.outputs; k++) {
                double output = at < 0 ? dense.given(eta + 1 + k, others, theirs)[0] : theirs[k];
                assertThat(predicted.outputs()[i * dense.outputs + k]).as("output %d of %d", k, i).isCloseTo(output, within(1e-9));
            }
        }
        assertThat(lacking).isBetween(every ? 0 : 1, every ? 0 : of.asked.size() - 1);
    }

    @Test
    void withoutLoadingsItIsTheProcessWithoutBlocksAndTheDensityOfBlocks() {
        for (ResponseFamily family : List.of(NORMAL, BINARY)) {
            Case of = Case.of(66, 9, false, List.of(family, family, family));
            Hyperparameters h = of.hyperparameters();
            for (int k = 0; k < h.index().outputs(); k++) {
                h.values()[h.index().output(k).loading()] = 0;
            }
            MarginalLikelihood joint = new MarginalLikelihood(KERNELS, of.training, POOL);
            MarginalLikelihood absent = new MarginalLikelihood(of.training.covariance(KERNELS), of.training.responses(), POOL);
            double blocks = joint.outputs(h).stream().mapToDouble(OutputProcess::logDensity).sum();
            Laplace.Mode mode = absent.mode(h);
            assertThat(joint.value(h, new double[h.index().size()])).isCloseTo(mode.logEvidence() + blocks, within(1e-9));
            GpPosterior.Latent expected = new GpPosterior(of.training.cross(KERNELS), h, mode.a(), GpPosterior.reducer(mode, POOL))
                    .at(of.asked);
            GpPosterior.Latent predicted = new JointPosterior(KERNELS, of.training, Arrays.asList(null, of.directions), h, POOL)
                    .at(of.asked).latent();
            assertThat(predicted.mean()).containsExactly(expected.mean(), within(1e-10));
            assertThat(predicted.variance()).containsExactly(expected.variance(), within(1e-10));
        }
    }

    @Test
    void whereEveryRowHasTheBlockItIsARegressionOnItsComponents() {
        Case of = Case.of(66, 0, true, List.of(NORMAL, NORMAL, NORMAL));
        Hyperparameters h = of.hyperparameters();
        double[] left = of.training.responses().values().clone();
        List<BlockOutput> outputs = of.training.blocks().outputs();
        for (int k = 0; k < outputs.size(); k++) {
            for (int i = 0; i < left.length; i++) {
                left[i] -= BlockPrior.loading(h, k, outputs.get(k)) * outputs.get(k).values()[i];
            }
        }
        MarginalLikelihood joint = new MarginalLikelihood(KERNELS, of.training, POOL);
        double blocks = joint.outputs(h).stream().mapToDouble(OutputProcess::logDensity).sum();
        Responses y = of.training.responses();
        MarginalLikelihood rest = new MarginalLikelihood(of.training.covariance(KERNELS),
                new Responses(y.tasks(), left, y.weights(), y.families()), POOL);
        assertThat(joint.value(h, new double[h.index().size()])).isCloseTo(rest.mode(h).logEvidence() + blocks, within(1e-9));
    }

    /** Where the block is there, the variance of what is added; where it is missing, {@code E y'Cy / n} with C what takes the mean away. */
    @ParameterizedTest(name = "every row has the block: {0}")
    @ValueSource(booleans = {true, false})
    void theVarianceThatOutputsMakeIsThatOfWhatTheyAdd(boolean every) {
        Case of = Case.of(66, 9, every, List.of(NORMAL, NORMAL, NORMAL));
        Hyperparameters h = of.hyperparameters();
        List<OutputProcess> processes = new MarginalLikelihood(KERNELS, of.training, POOL).outputs(h);
        int n = of.size();
        int[] rows = {22, 44};
        double[] mean = new double[n];
        double[] covariance = new double[n * n];
        BlockPrior.addTo(processes, h, mean, covariance);
        double expected = 0;
        for (int i = rows[0]; i < rows[1]; i++) {
            for (int j = rows[0]; j < rows[1]; j++) {
                expected += ((i == j ? 1 : 0) - 1 / 22.0) * (mean[i] * mean[j] + covariance[i * n + j]) / 22;
            }
        }
        assertThat(Arrays.stream(covariance).allMatch(v -> v == 0)).isEqualTo(every);
        assertThat(expected).isGreaterThan(0);
        assertThat(BlockPrior.variance(processes, h, 1, rows, n)).isCloseTo(expected, within(1e-12));
        assertThat(BlockPrior.variance(processes, h, 0, rows, n)).as("no outputs").isZero();
    }

    @Test
    void threadsDoNotChangeABit() {
        Case of = Case.of(180, 20, false, List.of(NORMAL, BINARY, NORMAL));
        Hyperparameters h = of.hyperparameters();
        double[] once = new double[h.index().size()];
        double[] again = new double[h.index().size()];
        double value = new MarginalLikelihood(KERNELS, of.training, POOL).value(h, once);
        try (Pool three = new Pool(3)) {
            assertThat(new MarginalLikelihood(KERNELS, of.training, three).value(h, again)).isEqualTo(value);
        }
        assertThat(again).isEqualTo(once);
    }

    /** Components have variance 1, are uncorrelated, and where all are kept give the features back. */
    @ParameterizedTest
    @CsvSource({"40, 3", "3, 3", "40, 12", "9, 30"})
    void componentsAreStandardizedAndLeading(int n, int p) {
        double[] x = new double[n * p];
        RandomStream random = RandomStream.of(8, "x");
        for (int k = 0; k < x.length; k++) {
            x[k] = random.nextGaussian() * (1 + k % p) + 5;
        }
        SourceRows rows = SourceRows.measured(IntStream.range(0, n).toArray(), x, p, new double[0], 0);
        BlockDirections of = BlockDirections.of(rows);
        int count = Math.min(BlockDirections.MOST, Math.min(n - 1, p));
        assertThat(of.count()).isEqualTo(count);
        assertThat(of.share(0)).isEqualTo(1);
        for (int k = 0; k < count; k++) {
            for (int l = 0; l <= k; l++) {
                double product = 0;
                for (int i = 0; i < n; i++) {
                    product += of.output(k, x, i * p) * of.output(l, x, i * p) / n;
                }
                assertThat(product).isCloseTo(k == l ? 1 : 0, within(1e-10));
            }
            assertThat(of.share(k)).isBetween(0.0, k == 0 ? 1.0 : of.share(k - 1));
        }
        if (p <= count) {
            for (int i = 0; i < n; i++) {
                double[] outputs = {of.output(0, x, i * p), of.output(1, x, i * p), of.output(2, x, i * p)};
                assertThat(of.features(outputs, 0)).containsExactly(Arrays.copyOfRange(x, i * p, (i + 1) * p), within(1e-9));
            }
        }
        assertThat(BlockDirections.of(rows.select(new int[] {0, 1}))).isNull();
    }
}
