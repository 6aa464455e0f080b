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
import intarsia.linalg.decomposition.SvdMethod;
import java.util.List;
import org.junit.jupiter.api.Test;

class TuckerTest {
    private static Ranks someRanks(RandomStream random, Shape shape) {
        int[] ranks = shape.sizes();
        for (int k = 0; k < ranks.length; k++) {
            ranks[k] = 1 + random.nextInt(Ranks.possible(shape, k));
        }
        return Ranks.of(ranks);
    }

    private static double error(Tensor a, TuckerFit fit) {
        Tensor back = fit.decomposition().reconstruct();
        Tensor difference = a.copy();
        for (int i = 0; i < a.size(); i++) {
            difference.doubles()[i] -= back.at(i);
        }
        return Matrices.norm(difference);
    }

    @Test
    void hosvdIsWithinItsBoundAndItsFactorsAreOrthonormal() {
        RandomStream random = RandomStream.of(1, "bound");
        for (int trial = 0; trial < 1000; trial++) {
            Tensor a = MultilinearTest.anyOrder(random);
            SvdMethod method = SvdMethod.values()[random.nextInt(2)];
            TuckerFit fit = Tucker.hosvd(a, someRanks(random, a.shape()), method);
            double norm = Matrices.norm(a);
            double error = error(a, fit);
            assertThat(error).isLessThanOrEqualTo(fit.errorBound() + 1e-7 * norm);
            assertThat(fit.error()).isCloseTo(error, within(3e-7 * norm));
            fit.decomposition().factors().forEach(u -> assertThat(fromOrthonormal(u)).isLessThan(1e-13));
            assertThat(fit.decomposition().norm()).isCloseTo(Matrices.norm(fit.decomposition().reconstruct()), within(1e-12 * norm));
        }
    }

    @Test
    void oneTruncatedModeMakesTheBoundAnEquality() {
        RandomStream random = RandomStream.of(2, "equality");
        for (int trial = 0; trial < 300; trial++) {
            Tensor a = gaussian(random, 4, 5, 3);
            int[] ranks = {4, 5, 3};
            int k = random.nextInt(3);
            ranks[k] = 1 + random.nextInt(ranks[k] - 1);
            for (SvdMethod method : SvdMethod.values()) {
                TuckerFit fit = Tucker.hosvd(a, Ranks.of(ranks), method);
                assertThat(error(a, fit)).isCloseTo(fit.errorBound(), within(1e-12));
            }
        }
    }

    @Test
    void atFullRanksItIsExactAndTheCoreAllOrthogonal() {
        RandomStream random = RandomStream.of(3, "full");
        for (int trial = 0; trial < 300; trial++) {
            Tensor a = MultilinearTest.anyOrder(random);
            TuckerFit fit = Tucker.hosvd(a, Ranks.full());
            double norm = Matrices.norm(a);
            assertThat(distance(fit.decomposition().reconstruct(), a)).isLessThan(1e-12 * norm);
            for (int k = 0; k < a.shape().rank(); k++) {
                Tensor gram = Multilinear.gram(fit.decomposition().core(), k);
                for (int i = 0; i < gram.shape().rows(); i++) {
                    for (int j = 0; j < gram.shape().rows(); j++) {
                        double s = fit.singularValues().get(k).at(i);
                        assertThat(gram.get(i, j)).isCloseTo(i == j ? s * s : 0, within(1e-11 * norm * norm));
                    }
                }
            }
        }
    }

    @Test
    void theSequentialErrorEqualsWhatWasDiscarded() {
        RandomStream random = RandomStream.of(4, "sequential");
        for (int trial = 0; trial < 300; trial++) {
            Tensor a = gaussian(random, 4, 5, 3, 2);
            Ranks ranks = Ranks.of(1 + random.nextInt(4), 2 + random.nextInt(2), 2, 2);
            TuckerFit fit = Tucker.sequentiallyTruncated(a, ranks, SvdMethod.values()[random.nextInt(2)]);
            assertThat(error(a, fit)).isCloseTo(fit.errorBound(), within(1e-11));
            fit.decomposition().factors().forEach(u -> assertThat(fromOrthonormal(u)).isLessThan(1e-13));
        }
    }

    @Test
    void iterationIsNeverWorseThanItsStart() {
        RandomStream random = RandomStream.of(5, "hooi");
        int better = 0;
        for (int trial = 0; trial < 200; trial++) {
            Tensor a = gaussian(random, 5, 4, 4);
            Ranks ranks = Ranks.of(2, 2, 1 + random.nextInt(3));
            TuckerFit start = Tucker.hosvd(a, ranks);
            TuckerFit fit = Tucker.hooi(a, ranks, SvdMethod.values()[random.nextInt(2)], 50, 1e-12);
            assertThat(error(a, fit)).isLessThanOrEqualTo(error(a, start) + 1e-12);
            better += error(a, fit) < error(a, start) - 1e-3 ? 1 : 0;
            fit.decomposition().factors().forEach(u -> assertThat(fromOrthonormal(u)).isLessThan(1e-13));
        }
        assertThat(better).isGreaterThan(100);
    }

    @Test
    void plantedRanksAreFound() {
        RandomStream random = RandomStream.of(6, "planted");
        for (int trial = 0; trial < 100; trial++) {
            Tensor core = gaussian(random, 2, 3, 2);
            Tensor a = Multilinear.modeProducts(core, MultilinearTest.factors(random, new int[] {6, 7, 5}, core.shape().sizes()));
            for (Ranks ranks : List.of(new Ranks.RelativeError(1e-6), new Ranks.Energy(1 - 1e-12))) {
                TuckerFit fit = Tucker.hosvd(a, ranks);
                assertThat(fit.decomposition().ranks()).containsExactly(2, 3, 2);
                assertThat(error(a, fit)).isLessThan(1e-6 * Matrices.norm(a));
            }
            TuckerFit sequential = Tucker.sequentiallyTruncated(a, new Ranks.RelativeError(1e-6), SvdMethod.GRAM);
            assertThat(sequential.decomposition().ranks()).containsExactly(2, 3, 2);
        }
    }

    @Test
    void theErrorAskedForIsKept() {
        RandomStream random = RandomStream.of(7, "tolerance");
        for (int trial = 0; trial < 300; trial++) {
            Tensor a = gaussian(random, 4, 3, 5, 2);
            double tolerance = random.nextDouble(0.05, 0.9);
            assertThat(error(a, Tucker.hosvd(a, new Ranks.RelativeError(tolerance)))).isLessThanOrEqualTo(tolerance * Matrices.norm(a));
            assertThat(error(a, Tucker.sequentiallyTruncated(a, new Ranks.RelativeError(tolerance), SvdMethod.GRAM)))
                    .isLessThanOrEqualTo(tolerance * Matrices.norm(a));
        }
    }

    @Test
    void degenerateTensors() {
        for (SvdMethod method : SvdMethod.values()) {
            TuckerFit zero = Tucker.hosvd(Tensor.zeros(3, 1, 4), new Ranks.Energy(0.9), method);
            assertThat(zero.decomposition().ranks()).containsExactly(1, 1, 1);
            assertThat(zero.decomposition().reconstruct()).isEqualTo(Tensor.zeros(3, 1, 4));
            assertThat(zero.errorBound()).isZero();
            TuckerFit one = Tucker.hooi(Tensor.of(Shape.of(1, 1, 1), -3.0), Ranks.of(1, 1, 1), method, 5, 0);
            assertThat(one.decomposition().reconstruct().at(0)).isEqualTo(-3.0);
            assertThat(Tucker.hosvd(Tensor.zeros(3, 2), Ranks.of(2, 2), method).decomposition().core()).isEqualTo(Tensor.zeros(2, 2));
        }
        // the rank of a mode is bounded by the product of the others
        assertThat(Tucker.hosvd(gaussian(RandomStream.of(8), 5, 2), Ranks.full()).decomposition().ranks()).containsExactly(2, 2);
        assertThat(Tucker.hosvd(gaussian(RandomStream.of(9), 4), Ranks.full()).decomposition().ranks()).containsExactly(1);
    }

    /** A power of two to the bit, any other unit but for the last digits; far beyond where squares are numbers. */
    @Test
    void unitsDoNotMatter() {
        RandomStream random = RandomStream.of(11, "units");
        for (int trial = 0; trial < 60; trial++) {
            Tensor a = MultilinearTest.anyOrder(random);
            SvdMethod method = SvdMethod.values()[trial % 2];
            Ranks ranks = trial % 3 == 0 ? new Ranks.Energy(0.8) : someRanks(random, a.shape());
            TuckerFit fit = Tucker.hosvd(a, ranks, method);
            for (int exponent : new int[] {-900, -538, -60, 60, 538, 900}) {
                TuckerFit same = Tucker.hosvd(times(a, Math.scalb(1.0, exponent)), ranks, method);
                assertThat(same.decomposition().factors()).isEqualTo(fit.decomposition().factors());
                assertThat(same.decomposition().core()).isEqualTo(times(fit.decomposition().core(), Math.scalb(1.0, exponent)));
                assertThat(same.errorBound()).isEqualTo(Math.scalb(fit.errorBound(), exponent));
                assertThat(same.error()).isEqualTo(Math.scalb(fit.error(), exponent));
                for (int k = 0; k < a.shape().rank(); k++) {
                    assertThat(same.singularValues().get(k)).isEqualTo(times(fit.singularValues().get(k), Math.scalb(1.0, exponent)));
                }
            }
            for (double unit : new double[] {1e-160, 1e160}) {
                TuckerFit other = Tucker.hooi(times(a, unit), Ranks.full(), method, 2, 0);
                assertThat(distance(times(other.decomposition().reconstruct(), 1 / unit), a)).isLessThan(1e-12 * Matrices.norm(a));
                TuckerFit sequential = Tucker.sequentiallyTruncated(times(a, unit), new Ranks.RelativeError(0.3), method);
                assertThat(error(times(a, unit), sequential)).isLessThanOrEqualTo(0.3 * Matrices.norm(times(a, unit)));
            }
        }
        Tensor most = Tensor.of(Shape.of(2, 2, 1), Double.MAX_VALUE, Double.MAX_VALUE, Double.MAX_VALUE, Double.MAX_VALUE);
        assertThatThrownBy(() -> Tucker.hosvd(most, Ranks.full())).isInstanceOf(DecompositionException.class)
                .hasMessageStartingWith("hosvd([2x2x1]): a number of the core is beyond");
    }

    private static Tensor times(Tensor a, double factor) {
        Tensor product = a.copy();
        for (int i = 0; i < a.size(); i++) {
            product.doubles()[i] *= factor;
        }
        return product;
    }

    @Test
    void errorsSpeak() {
        Tensor a = gaussian(RandomStream.of(10), 5, 2);
        assertThatThrownBy(() -> Tucker.hosvd(a, Ranks.of(3, 2))).isInstanceOf(ShapeException.class).hasMessageContaining("[3, 2]")
                .hasMessageContaining("[5x2]").hasMessageContaining("mode 0 can have rank 1 to 2");
        assertThatThrownBy(() -> Tucker.hosvd(a, Ranks.of(0, 2))).isInstanceOf(ShapeException.class);
        assertThatThrownBy(() -> Tucker.hosvd(a, Ranks.of(1))).isInstanceOf(ShapeException.class).hasMessageContaining("wants 2 ranks");
        assertThatThrownBy(() -> Tucker.hooi(a, Ranks.of(1, 2), SvdMethod.GRAM, 5, 0)).isInstanceOf(ShapeException.class)
                .hasMessageContaining("product of the others");
        assertThatThrownBy(() -> Tucker.hosvd(Tensor.zeros(2, 0), Ranks.full())).isInstanceOf(ShapeException.class)
                .hasMessageContaining("[2x0]");
        assertThatThrownBy(() -> Tucker.hosvd(Tensor.vector(1, Double.NaN), Ranks.full())).isInstanceOf(DecompositionException.class)
                .hasMessageContaining("NaN");
        assertThatThrownBy(() -> new Ranks.Energy(0)).hasMessageContaining("0.0");
        assertThatThrownBy(() -> new TuckerDecomposition(Tensor.zeros(2, 2), List.of(Tensor.zeros(3, 2), Tensor.zeros(3, 1))))
                .isInstanceOf(ShapeException.class).hasMessageContaining("factor 1 is [3x1]");
    }
}
