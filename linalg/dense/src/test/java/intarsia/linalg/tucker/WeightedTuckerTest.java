package intarsia.linalg.tucker;

import static intarsia.linalg.decomposition.RandomMatrices.distance;
import static intarsia.linalg.decomposition.RandomMatrices.fromOrthonormal;
import static intarsia.linalg.decomposition.RandomMatrices.gaussian;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import intarsia.linalg.RandomStream;
import intarsia.linalg.Shape;
import intarsia.linalg.ShapeException;
import intarsia.linalg.Tensor;
import intarsia.linalg.decomposition.DecompositionException;
import intarsia.linalg.decomposition.Matrices;
import intarsia.linalg.decomposition.Svd;
import intarsia.linalg.decomposition.SvdMethod;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WeightedTuckerTest {
    private static Tensor planted(RandomStream random, int[] sizes, int[] ranks) {
        List<Tensor> factors = IntStream.range(0, sizes.length).mapToObj(k -> gaussian(random, sizes[k], ranks[k])).toList();
        return Multilinear.modeProducts(gaussian(random, ranks), factors);
    }

    private static Tensor mask(RandomStream random, Shape shape, double share) {
        Tensor mask = Tensor.zeros(shape.sizes());
        for (int j = 0; j < mask.size(); j++) {
            mask.doubles()[j] = random.nextDouble() < share ? 1 : 0;
        }
        return mask;
    }

    private static double relative(Tensor a, Tensor b) {
        Tensor d = a.copy();
        for (int j = 0; j < d.size(); j++) {
            d.doubles()[j] -= b.at(j);
        }
        return Matrices.norm(d) / Matrices.norm(b);
    }

    @Test
    void aPlantedTensorIsRecoveredFromThreeFifthsOfItsCells() {
        RandomStream random = RandomStream.of(1, "planted");
        for (int[][] form : new int[][][] {{{12, 10, 8}, {2, 2, 2}}, {{20, 15}, {2, 2}}, {{8, 7, 6, 5}, {2, 1, 2, 2}},
                {{24, 1, 18}, {2, 1, 2}}}) {
            Tensor truth = planted(random, form[0], form[1]);
            Tensor mask = mask(random, truth.shape(), 0.6);
            Tensor given = truth.copy();
            for (int j = 0; j < given.size(); j++) {
                given.doubles()[j] = mask.at(j) == 0 ? Double.NaN : given.at(j);
            }
            WeightedTucker fit = WeightedTucker.of(given, mask, Ranks.of(form[1]), SvdMethod.ACCURATE, 2000, 1e-16);
            assertThat(relative(fit.decomposition().reconstruct(), truth)).as(truth.shape().toString()).isLessThan(1e-5);
            fit.decomposition().factors().forEach(u -> assertThat(fromOrthonormal(u)).isLessThan(1e-13));
        }
    }

    /** Noise in the known cells: the unknown ones are known better than any known one was. */
    @Test
    void noiseIsAveragedOut() {
        RandomStream random = RandomStream.of(2, "noise");
        Tensor truth = planted(random, new int[] {15, 12, 10}, new int[] {2, 2, 2});
        Tensor mask = mask(random, truth.shape(), 0.6);
        Tensor given = truth.copy();
        for (int j = 0; j < given.size(); j++) {
            given.doubles()[j] += 0.5 * random.nextGaussian();
        }
        WeightedTucker fit = WeightedTucker.of(given, mask, Ranks.of(2, 2, 2), SvdMethod.GRAM, 500, 1e-9);
        assertThat(fit.converged()).isTrue();
        Tensor back = fit.decomposition().reconstruct();
        double squares = 0;
        int unknown = 0;
        for (int j = 0; j < given.size(); j++) {
            if (mask.at(j) == 0) {
                squares += (back.at(j) - truth.at(j)) * (back.at(j) - truth.at(j));
                unknown++;
            }
        }
        assertThat(Math.sqrt(squares / unknown)).isLessThan(0.25);
    }

    @Test
    void theObjectiveNeverRises() {
        RandomStream random = RandomStream.of(3, "monotone");
        for (int trial = 0; trial < 300; trial++) {
            Tensor a = MultilinearTest.anyOrder(random);
            Tensor weights = Tensor.zeros(a.shape().sizes());
            for (int j = 0; j < a.size(); j++) {
                weights.doubles()[j] = random.nextInt(3) == 0 ? 0 : random.nextDouble(0, 5);
            }
            weights.doubles()[random.nextInt(a.size())] = 1;
            Ranks ranks = Ranks.of(Arrays.stream(a.shape().sizes()).map(n -> 1).toArray());
            WeightedTucker fit = WeightedTucker.of(a, weights, ranks, SvdMethod.values()[trial % 2], 20, 0);
            for (int s = 1; s < fit.objective().size(); s++) {
                assertThat(fit.objective().get(s)).isLessThanOrEqualTo(fit.objective().get(s - 1));
            }
            Tensor back = fit.decomposition().reconstruct();
            double objective = 0;
            for (int j = 0; j < a.size(); j++) {
                objective += weights.at(j) * (a.at(j) - back.at(j)) * (a.at(j) - back.at(j));
            }
            assertThat(fit.objective().getLast()).isCloseTo(objective, within(1e-12 * (1 + objective)));
        }
    }

    @Test
    void equalWeightsAreOrthogonalIteration() {
        RandomStream random = RandomStream.of(4, "equal");
        Tensor a = gaussian(random, 6, 5, 4);
        Tensor weights = Tensor.zeros(6, 5, 4);
        Arrays.fill(weights.doubles(), 7);
        WeightedTucker fit = WeightedTucker.of(a, weights, Ranks.of(2, 3, 2), SvdMethod.ACCURATE, 1000, 1e-15);
        TuckerFit plain = Tucker.hooi(a, Ranks.of(2, 3, 2), SvdMethod.ACCURATE, 1000, 1e-15);
        assertThat(distance(fit.decomposition().reconstruct(), plain.decomposition().reconstruct())).isLessThan(1e-5);
        assertThat(fit.objective().getLast()).isCloseTo(7 * plain.error() * plain.error(), within(1e-9));
    }

    /** Weights that are a product of rows' and columns' leave a plain problem, whose answer is a truncated SVD. */
    @Test
    void separableWeightsOfAMatrixHaveAClosedForm() {
        RandomStream random = RandomStream.of(5, "separable");
        for (int trial = 0; trial < 20; trial++) {
            int m = 6;
            int n = 5;
            Tensor a = planted(random, new int[] {m, n}, new int[] {2, 2});
            Tensor weights = Tensor.zeros(m, n);
            Tensor scaled = Tensor.zeros(m, n);
            double[] rows = new double[m];
            double[] columns = new double[n];
            Arrays.setAll(rows, i -> random.nextDouble(0.5, 2));
            Arrays.setAll(columns, j -> random.nextDouble(0.5, 2));
            for (int i = 0; i < m; i++) {
                for (int j = 0; j < n; j++) {
                    a.set(a.get(i, j) + 0.1 * random.nextGaussian(), i, j);
                    weights.set(rows[i] * columns[j], i, j);
                    scaled.set(Math.sqrt(weights.get(i, j)) * a.get(i, j), i, j);
                }
            }
            Tensor expected = Svd.of(scaled).truncate(2).reconstruct();
            for (int j = 0; j < expected.size(); j++) {
                expected.doubles()[j] /= Math.sqrt(weights.at(j));
            }
            WeightedTucker fit = WeightedTucker.of(a, weights, Ranks.of(2, 2), SvdMethod.ACCURATE, 5000, 1e-17);
            assertThat(relative(fit.decomposition().reconstruct(), expected)).isLessThan(1e-5);
        }
    }

    @Test
    void awkwardTensorsAreServed() {
        Tensor one = Tensor.of(Shape.of(1, 1), 3.0);
        assertThat(WeightedTucker.of(one, one, Ranks.of(1, 1), SvdMethod.ACCURATE, 10, 0).objective().getLast())
                .isCloseTo(0, within(1e-28));
        Tensor zero = Tensor.zeros(3, 4);
        assertThat(WeightedTucker.of(zero, mask(RandomStream.of(6), zero.shape(), 0.7), Ranks.of(2, 2), SvdMethod.GRAM, 10, 0).objective())
                .allMatch(v -> v == 0);
        // one known cell, and a slice of which nothing is known
        Tensor few = Tensor.zeros(3, 2);
        few.set(1, 0, 0);
        WeightedTucker fit = WeightedTucker.of(Tensor.matrix(new double[][] {{5, Double.NaN}, {0, 0}, {Double.NaN, 1}}), few,
                Ranks.of(1, 1), SvdMethod.ACCURATE, 100, 0);
        assertThat(fit.decomposition().reconstruct().get(0, 0)).isCloseTo(5, within(1e-9));
        assertThat(Arrays.stream(fit.decomposition().reconstruct().doubles()).allMatch(Double::isFinite)).isTrue();
    }

    @Test
    void unitsDoNotMatter() {
        RandomStream random = RandomStream.of(12, "units");
        Tensor a = gaussian(random, 6, 5, 4);
        Tensor mask = mask(random, a.shape(), 0.7);
        WeightedTucker fit = WeightedTucker.of(a, mask, Ranks.of(2, 2, 2), SvdMethod.ACCURATE, 20, 0);
        for (int exponent : new int[] {-800, -400, 400, 800}) {
            Tensor scaled = a.copy();
            Tensor core = fit.decomposition().core().copy();
            Arrays.setAll(scaled.doubles(), i -> Math.scalb(a.at(i), exponent));
            Arrays.setAll(core.doubles(), i -> Math.scalb(fit.decomposition().core().at(i), exponent));
            WeightedTucker same = WeightedTucker.of(scaled, mask, Ranks.of(2, 2, 2), SvdMethod.ACCURATE, 20, 0);
            assertThat(same.decomposition().factors()).isEqualTo(fit.decomposition().factors());
            assertThat(same.decomposition().core()).isEqualTo(core);
            assertThat(same.objective()).isEqualTo(fit.objective().stream().map(squares -> Math.scalb(squares, 2 * exponent)).toList());
        }
    }

    @Test
    void errorsSpeak() {
        Tensor a = Tensor.matrix(new double[][] {{1, 2}, {3, Double.NaN}});
        Tensor ones = Tensor.matrix(new double[][] {{1, 1}, {1, 1}});
        Ranks ranks = Ranks.of(1, 1);
        assertThatThrownBy(() -> WeightedTucker.of(a, ones, ranks, SvdMethod.GRAM, 1, 0)).isInstanceOf(DecompositionException.class)
                .hasMessage("weighted tucker([2x2]): cell 3 is NaN and has weight 1.0; only cells of weight 0 may be missing");
        assertThatThrownBy(() -> WeightedTucker.of(ones, Tensor.zeros(2, 2), ranks, SvdMethod.GRAM, 1, 0))
                .hasMessageContaining("no cell has a weight");
        assertThatThrownBy(() -> WeightedTucker.of(ones, Tensor.vector(1, 1), ranks, SvdMethod.GRAM, 1, 0))
                .isInstanceOf(ShapeException.class).hasMessageContaining("weights are [2]");
        assertThatThrownBy(() -> WeightedTucker.of(ones, Tensor.matrix(new double[][] {{1, -1}, {1, 1}}), ranks, SvdMethod.GRAM, 1, 0))
                .hasMessageContaining("weight 1 is -1.0");
        assertThatThrownBy(() -> WeightedTucker.of(ones, ones, Ranks.of(2, 1), SvdMethod.GRAM, 1, 0)).isInstanceOf(ShapeException.class)
                .hasMessageContaining("the rank of mode 0 is more than the product of the others");
        assertThatThrownBy(() -> WeightedTucker.of(ones, ones, ranks, SvdMethod.GRAM, -1, 0)).hasMessageContaining("maxSweeps -1");
    }
}
