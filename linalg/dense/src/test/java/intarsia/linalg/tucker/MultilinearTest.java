package intarsia.linalg.tucker;

import static intarsia.linalg.decomposition.RandomMatrices.distance;
import static intarsia.linalg.decomposition.RandomMatrices.gaussian;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import intarsia.linalg.RandomStream;
import intarsia.linalg.Shape;
import intarsia.linalg.ShapeException;
import intarsia.linalg.Tensor;
import intarsia.linalg.decomposition.Matrices;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MultilinearTest {
    /** A tensor of order 1 to 8 with sizes from 1, small enough to be quick. */
    static Tensor anyOrder(RandomStream random) {
        int order = 1 + random.nextInt(8);
        int[] sizes = new int[order];
        for (int k = 0; k < order; k++) {
            sizes[k] = 1 + random.nextInt(order <= 4 ? 5 : 3);
        }
        return gaussian(random, sizes);
    }

    static List<Tensor> factors(RandomStream random, int[] rows, int[] columns) {
        List<Tensor> factors = new ArrayList<>();
        for (int k = 0; k < rows.length; k++) {
            factors.add(gaussian(random, rows[k], columns[k]));
        }
        return factors;
    }

    @Test
    void unfoldingPutsEachEntryWhereTheDefinitionSays() {
        Tensor a = Tensor.zeros(2, 3, 4);
        for (int i = 0; i < a.size(); i++) {
            a.doubles()[i] = i;
        }
        Tensor one = Multilinear.unfold(a, 1);
        assertThat(one.shape()).isEqualTo(Shape.of(3, 8));
        for (int i = 0; i < 2; i++) {
            for (int j = 0; j < 3; j++) {
                for (int k = 0; k < 4; k++) {
                    assertThat(one.get(j, i * 4 + k)).isEqualTo(a.get(i, j, k));
                }
            }
        }
    }

    @Test
    void foldUndoesUnfold() {
        RandomStream random = RandomStream.of(1, "fold");
        for (int trial = 0; trial < 1000; trial++) {
            Tensor a = anyOrder(random);
            for (int k = 0; k < a.shape().rank(); k++) {
                assertThat(Multilinear.fold(Multilinear.unfold(a, k), k, a.shape())).isEqualTo(a);
            }
        }
    }

    @Test
    void aModeProductMultipliesTheUnfolding() {
        RandomStream random = RandomStream.of(2, "mode product");
        for (int trial = 0; trial < 1000; trial++) {
            Tensor a = anyOrder(random);
            int k = random.nextInt(a.shape().rank());
            Tensor m = gaussian(random, 1 + random.nextInt(4), a.shape().size(k));
            Tensor product = Multilinear.modeProduct(a, m, k);
            Tensor expected = Multilinear.fold(Matrices.product(m, Multilinear.unfold(a, k)), k, a.shape().with(k, m.shape().rows()));
            assertThat(distance(product, expected)).isLessThan(1e-13);
            assertThat(distance(Multilinear.gram(a, k), Matrices.gram(Matrices.transpose(Multilinear.unfold(a, k))))).isLessThan(1e-12);
        }
    }

    @Test
    void productsInDifferentModesCommuteAndInOneModeCompose() {
        RandomStream random = RandomStream.of(3, "commute");
        for (int trial = 0; trial < 1000; trial++) {
            Tensor a = anyOrder(random);
            int j = random.nextInt(a.shape().rank());
            int k = random.nextInt(a.shape().rank());
            Tensor m = gaussian(random, 2, a.shape().size(j));
            if (j == k) {
                Tensor n = gaussian(random, 3, 2);
                assertThat(distance(Multilinear.modeProduct(Multilinear.modeProduct(a, m, j), n, j),
                        Multilinear.modeProduct(a, Matrices.product(n, m), j))).isLessThan(1e-13);
            } else {
                Tensor n = gaussian(random, 3, a.shape().size(k));
                assertThat(distance(Multilinear.modeProduct(Multilinear.modeProduct(a, m, j), n, k),
                        Multilinear.modeProduct(Multilinear.modeProduct(a, n, k), m, j))).isLessThan(1e-13);
            }
        }
    }

    @Test
    void theUnfoldingOfATuckerTensorIsAKroneckerProduct() {
        RandomStream random = RandomStream.of(4, "kronecker");
        for (int trial = 0; trial < 300; trial++) {
            Tensor core = gaussian(random, 1 + random.nextInt(3), 1 + random.nextInt(3), 1 + random.nextInt(3), 1 + random.nextInt(2));
            List<Tensor> factors = factors(random, new int[] {2, 3, 1, 4}, core.shape().sizes());
            Tensor full = Multilinear.modeProducts(core, factors);
            for (int k = 0; k < 4; k++) {
                Tensor kronecker = Matrices.identity(1);
                for (int j = 0; j < 4; j++) {
                    kronecker = j == k ? kronecker : Multilinear.kronecker(kronecker, factors.get(j));
                }
                Tensor expected = Matrices.product(Matrices.product(factors.get(k), Multilinear.unfold(core, k)), false, kronecker, true);
                assertThat(distance(Multilinear.unfold(full, k), expected)).isLessThan(1e-12);
            }
        }
    }

    @Test
    void khatriRaoHoldsTheColumnsOfKronecker() {
        RandomStream random = RandomStream.of(5, "khatri-rao");
        Tensor a = gaussian(random, 3, 4);
        Tensor b = gaussian(random, 2, 4);
        Tensor product = Multilinear.khatriRao(a, b);
        Tensor kronecker = Multilinear.kronecker(a, b);
        for (int i = 0; i < 6; i++) {
            for (int j = 0; j < 4; j++) {
                assertThat(product.get(i, j)).isEqualTo(kronecker.get(i, j * 4 + j));
            }
        }
        // (A khatri-rao B)' (A khatri-rao B) is the elementwise product of the Gram matrices
        Tensor gram = Matrices.gram(product);
        for (int i = 0; i < 4; i++) {
            for (int j = 0; j < 4; j++) {
                assertThat(gram.get(i, j)).isCloseTo(Matrices.gram(a).get(i, j) * Matrices.gram(b).get(i, j), within(1e-12));
            }
        }
    }

    @Test
    void contractionIsTheAdjointOfExpansion() {
        RandomStream random = RandomStream.of(6, "adjoint");
        for (int trial = 0; trial < 300; trial++) {
            Tensor a = anyOrder(random);
            int[] ranks = a.shape().sizes();
            for (int k = 0; k < ranks.length; k++) {
                ranks[k] = 1 + random.nextInt(3);
            }
            List<Tensor> factors = factors(random, a.shape().sizes(), ranks);
            Tensor core = gaussian(random, ranks);
            double left = Multilinear.inner(Multilinear.modeProducts(core, factors), a);
            double right = Multilinear.inner(core, Multilinear.contractAll(a, factors));
            assertThat(left).isCloseTo(right, within(1e-10 * (1 + Math.abs(left))));
        }
    }

    @Test
    void errorsSpeak() {
        Tensor a = Tensor.zeros(2, 3, 4);
        assertThatThrownBy(() -> Multilinear.unfold(a, 3)).isInstanceOf(ShapeException.class).hasMessageContaining("axis 3")
                .hasMessageContaining("[2x3x4]");
        assertThatThrownBy(() -> Multilinear.fold(Tensor.zeros(3, 4), 1, a.shape())).isInstanceOf(ShapeException.class)
                .hasMessageContaining("[3x8]");
        assertThatThrownBy(() -> Multilinear.modeProduct(a, Tensor.zeros(5, 4), 1)).isInstanceOf(ShapeException.class)
                .hasMessageContaining("mode 1").hasMessageContaining("3 columns");
        assertThatThrownBy(() -> Multilinear.modeProducts(a, List.of())).isInstanceOf(ShapeException.class).hasMessageContaining("3 modes");
        assertThatThrownBy(() -> Multilinear.khatriRao(Tensor.zeros(2, 3), Tensor.zeros(2, 4))).isInstanceOf(ShapeException.class)
                .hasMessageContaining("3 and 4 columns");
    }
}
