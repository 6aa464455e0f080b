package intarsia.optim.prox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import intarsia.linalg.RandomStream;
import intarsia.linalg.Shape;
import intarsia.linalg.Tensor;
import intarsia.linalg.decomposition.Matrices;
import intarsia.linalg.decomposition.Svd;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every prox against its optimality condition: {@code (v - x) / t} lies in the subdifferential of f at {@code x = prox(v, t)}. */
class PenaltyTest {
    private static final int LENGTH = 12;

    private static List<Penalty> all(RandomStream random) {
        double weight = random.nextInt(4) == 0 ? 0 : random.nextDouble(0, 2);
        return List.of(Penalty.none(), Penalty.l1(weight), Penalty.ridge(weight), ElasticNet.of(weight, random.nextDouble()),
                new GroupLasso(weight, List.of(1, 2, 3, LENGTH).get(random.nextInt(4))), new TraceNorm(weight, 3, 4),
                        new TraceNorm(weight, 12, 1),
                Penalty.nonnegative(), new Box(-0.5, 0.5), new Box(1, 1), new Box(Double.NEGATIVE_INFINITY, 0.3), new Simplex(1),
                        new Simplex(0.01 + weight),
                Blocks.of(new Blocks.Block(Penalty.l1(weight), 5), new Blocks.Block(Penalty.none(), 1),
                        new Blocks.Block(new Simplex(2), 6)));
    }

    /** Gaussian, with zeros, equal entries and (at times) nothing but zeros, or a huge common part. */
    private static double[] point(RandomStream random) {
        double[] v = new double[LENGTH];
        int kind = random.nextInt(6);
        for (int i = 0; i < LENGTH; i++) {
            v[i] = kind == 0 ? 0 : kind == 1 ? random.nextInt(3) - 1 : kind == 2 ? 1e6 + random.nextGaussian() : random.nextGaussian() * 2;
        }
        return v;
    }

    @Test
    void everyProxSatisfiesItsOptimalityCondition() {
        RandomStream random = RandomStream.of(1, "prox");
        for (int trial = 0; trial < 1000; trial++) {
            for (Penalty penalty : all(random)) {
                double[] v = point(random);
                double[] before = v.clone();
                double step = random.nextDouble(0.01, 3);
                double[] x = penalty.prox(v, step);
                assertThat(v).isEqualTo(before);
                double[] g = new double[LENGTH];
                double scale = 1;
                for (int i = 0; i < LENGTH; i++) {
                    g[i] = (v[i] - x[i]) / step;
                    scale = Math.max(scale, Math.abs(v[i]));
                }
                assertThat(violation(penalty, x, g, scale)).as("%s at %s, step %s: %s", penalty, Arrays.toString(v), step,
                        Arrays.toString(x)).isLessThan(1e-12 * scale / step * 10);
                assertThat(penalty.value(x)).isFinite().isGreaterThanOrEqualTo(0);
            }
        }
    }

    /** How far g is from the subdifferential at x; a new penalty does not compile until its condition is written here. */
    private static double violation(Penalty penalty, double[] x, double[] g, double scale) {
        double worst = 0;
        switch (penalty) {
            case ElasticNet(double l1, double l2) -> {
                for (int i = 0; i < x.length; i++) {
                    double rest = g[i] - l2 * x[i];
                    worst = Math.max(worst, x[i] == 0 ? Math.abs(rest) - l1 : Math.abs(rest - l1 * Math.signum(x[i])));
                }
            }
            case GroupLasso(double weight, int size) -> {
                for (int from = 0; from < x.length; from += size) {
                    double norm = norm(Arrays.copyOfRange(x, from, from + size));
                    if (norm == 0) {
                        worst = Math.max(worst, norm(Arrays.copyOfRange(g, from, from + size)) - weight);
                    }
                    for (int i = from; norm > 0 && i < from + size; i++) {
                        worst = Math.max(worst, Math.abs(g[i] - weight * x[i] / norm));
                    }
                }
            }
            case TraceNorm(double weight, int rows, int columns) -> {
                // g in weight * conv: spectral norm at most the weight, and <g, x> = weight ||x||_*
                Svd svd = Svd.of(Tensor.of(Shape.of(rows, columns), g));
                double inner = 0;
                for (int i = 0; i < x.length; i++) {
                    inner += g[i] * x[i];
                }
                double size = Math.max(1, Matrices.norm(Tensor.vector(x)));
                worst = Math.max(svd.values().at(0) - weight, Math.abs(inner - penalty.value(x)) / size / 10);
            }
            case Box(double low, double high) -> {
                for (int i = 0; i < x.length; i++) {
                    boolean atLow = x[i] == low;
                    boolean atHigh = x[i] == high;
                    worst = Math.max(worst, atLow && atHigh ? 0 : atLow ? g[i] : atHigh ? -g[i] : Math.abs(g[i]));
                    worst = Math.max(worst, Math.max(low - x[i], x[i] - high));
                }
            }
            case Simplex(double total) -> {
                // the normal cone: one common multiplier where x > 0, no more than it where x = 0
                double multiplier = Double.NEGATIVE_INFINITY;
                for (double v : g) {
                    multiplier = Math.max(multiplier, v);
                }
                double sum = 0;
                for (int i = 0; i < x.length; i++) {
                    sum += x[i];
                    worst = Math.max(worst, x[i] > 0 ? multiplier - g[i] : -x[i]);
                }
                worst = Math.max(worst, Math.abs(sum - total));
            }
            case Blocks(List<Blocks.Block> blocks) -> {
                int from = 0;
                for (Blocks.Block block : blocks) {
                    worst = Math.max(worst, violation(block.penalty(), Arrays.copyOfRange(x, from, from + block.length()),
                            Arrays.copyOfRange(g, from, from + block.length()), scale));
                    from += block.length();
                }
            }
        }
        return worst;
    }

    @Test
    void valuesAreThoseOfTheirFormulas() {
        double[] x = {3, -4, 0, 0};
        assertThat(Penalty.l1(2).value(x)).isEqualTo(14);
        assertThat(Penalty.ridge(2).value(x)).isEqualTo(25);
        assertThat(ElasticNet.of(2, 0.25).value(x)).isEqualTo(0.5 * 7 + 1.5 / 2 * 25);
        assertThat(ElasticNet.of(2, 0).value(x)).isEqualTo(25);
        assertThat(ElasticNet.of(2, 1).value(x)).isEqualTo(14);
        assertThat(new GroupLasso(2, 2).value(x)).isEqualTo(10);
        assertThat(new TraceNorm(2, 1, 4).value(x)).isCloseTo(10, within(1e-12));
        assertThat(new TraceNorm(2, 4, 1).value(x)).isCloseTo(10, within(1e-12));
        assertThat(Blocks.of(new Blocks.Block(Penalty.l1(1), 0), new Blocks.Block(Penalty.l1(2), 4)).value(x)).isEqualTo(14);
        assertThat(new TraceNorm(2, 2, 2).value(x)).isCloseTo(10, within(1e-12));
        assertThat(Penalty.nonnegative().value(x)).isInfinite();
        assertThat(new Box(-4, 3).value(x)).isZero();
        assertThat(Penalty.checkWeight("weight", 2)).isEqualTo(2);
        assertThat(new Simplex(1).value(new double[] {0.25, 0.75})).isZero();
        assertThat(new Simplex(1).value(new double[] {0.25, 0.5})).isInfinite();
        assertThat(new Simplex(1e-3).value(new double[] {0, 1e-3 * (1 + 1e-8)})).isInfinite();
        assertThat(new Simplex(1e3).value(new double[] {0, 1e3 * (1 + 1e-10)})).isZero();
    }

    @Test
    void errorsSpeak() {
        assertThatThrownBy(() -> Penalty.l1(-1)).hasMessageContaining("l1 -1.0");
        assertThatThrownBy(() -> Penalty.ridge(Double.NaN)).hasMessageContaining("NaN");
        assertThatThrownBy(() -> ElasticNet.of(1, 2)).hasMessageContaining("share 2.0");
        assertThatThrownBy(() -> new GroupLasso(1, 5).value(new double[LENGTH])).hasMessageContaining("12").hasMessageContaining("5");
        assertThatThrownBy(() -> new GroupLasso(1, 5).prox(new double[LENGTH], 1)).hasMessageContaining("12").hasMessageContaining("5");
        assertThatThrownBy(() -> Blocks.of(new Blocks.Block(Penalty.none(), 3)).value(new double[4])).hasMessageContaining("3")
                .hasMessageContaining("4");
        assertThatThrownBy(() -> new TraceNorm(1, 0, 3)).hasMessageContaining("0x3");
        assertThatThrownBy(() -> new Box(1, 0)).hasMessageContaining("1.0 to 0.0");
        assertThatThrownBy(() -> new Simplex(0)).hasMessageContaining("0.0");
        assertThatThrownBy(() -> Blocks.of(new Blocks.Block(Penalty.none(), 3)).prox(new double[4], 1)).hasMessageContaining("3")
                .hasMessageContaining("4");
    }

    private static double norm(double[] x) {
        return Matrices.norm(Tensor.vector(x));
    }
}
