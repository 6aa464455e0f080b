package intarsia.models.simulation;

import intarsia.linalg.RandomStream;
import intarsia.linalg.Shape;
import intarsia.linalg.Tensor;
import intarsia.linalg.decomposition.Matrices;
import intarsia.linalg.tucker.Multilinear;
import intarsia.models.data.Individual;
import intarsia.models.data.Modalities;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Individuals in clusters who were measured by several modalities of different width, some of which some lack; made for coupled TenMTL, and
 * ours.
 *
 * <pre>
 * B_i^(m) = (G_0^(m) + sum_r f_ir G_r^(m)) x_1 U_1^(m) .. x_d U_d^(m),   f_i = m_c(i) + spread N(0, I),  m_c ~ N(0, I)
 * y = b_i + sum_m &lt;B_i^(m), X^(m)&gt; + noise N(0, 1),   X ~ N(0, I),  b_i ~ N(0, 1)
 * </pre>
 *
 * All parts are Gaussian; every modality's {@code <B_i, X>} has variance 1 over the number of modalities, on average over individuals. The
 * response depends on what an individual lacks, too: there it is noise. Every individual has the first modality, and each other one with
 * probability {@code 1 - missing}; the first three individuals have all.
 *
 * @param individuals I
 * @param clusters    K
 * @param rows        n of each individual to learn from
 * @param sizes       p_1 .. p_d of each modality
 * @param rank        R_k in every mode, and how many coordinates f_i has
 * @param noise       standard deviation
 * @param missing     share of the individuals that lack a modality, from the second on
 */
public record CoupledCoefficients(int individuals, int clusters, int rows, List<List<Integer>> sizes, int rank, double noise,
        double missing) {
    private static final double SPREAD = 0.3;
    private static final int TEST_ROWS = 100;
    private static final int COMPLETE = 3;

    /**
     * A replicate.
     *
     * @param train    individuals to learn from
     * @param test     the same with other rows, what they lack still missing
     * @param measured those test rows of the individuals that lack a modality, with everything measured
     * @param truth    B [individuals x P], modality after modality
     */
    public record SimulatedIndividuals(List<Individual> train, List<Individual> test, List<Individual> measured, Tensor truth) {}

    /** Copies the lists. */
    public CoupledCoefficients {
        sizes = sizes.stream().map(List::copyOf).toList();
    }

    /** Thirty individuals in three clusters: a vector of 12, a matrix of 8 x 6 and one of 12 x 10. */
    public static CoupledCoefficients standard() {
        return new CoupledCoefficients(30, 3, 30, List.of(List.of(12), List.of(8, 6), List.of(12, 10)), 2, 0.5, 0);
    }

    /** With this share missing. */
    public CoupledCoefficients missing(double share) {
        return new CoupledCoefficients(individuals, clusters, rows, sizes, rank, noise, share);
    }

    /** With so many rows each. */
    public CoupledCoefficients rows(int other) {
        return new CoupledCoefficients(individuals, clusters, other, sizes, rank, noise, missing);
    }

    /** Draws a replicate; rows, coefficients and noise do not depend on what is missing. */
    public SimulatedIndividuals draw(RandomStream random) {
        Tensor truth = coefficients(random.child("coefficients"));
        RandomStream intercepts = random.child("intercepts");
        RandomStream lacking = random.child("missing");
        List<Individual> train = new ArrayList<>();
        List<Individual> test = new ArrayList<>();
        List<Individual> measured = new ArrayList<>();
        for (int i = 0; i < individuals; i++) {
            double intercept = intercepts.nextGaussian();
            List<Boolean> observed = new ArrayList<>();
            for (int m = 0; m < sizes.size(); m++) {
                double drawn = lacking.nextDouble();
                observed.add(m == 0 || i < COMPLETE || drawn >= missing);
            }
            train.add(lacking(individual(i, truth, intercept, rows, random.child("train", i)), observed));
            Individual whole = individual(i, truth, intercept, TEST_ROWS, random.child("test", i));
            test.add(lacking(whole, observed));
            if (observed.contains(false)) {
                measured.add(whole);
            }
        }
        return new SimulatedIndividuals(train, test, measured, truth);
    }

    private Tensor coefficients(RandomStream random) {
        Tensor coordinates = Tensor.zeros(individuals, rank + 1);
        double[] centers = gaussian(random, clusters, rank).doubles();
        for (int i = 0; i < individuals; i++) {
            coordinates.set(1, i, 0);
            for (int r = 0; r < rank; r++) {
                coordinates.set(centers[i % clusters * rank + r] + SPREAD * random.nextGaussian(), i, r + 1);
            }
        }
        List<Tensor> parts = new ArrayList<>();
        for (List<Integer> modality : sizes) {
            int[] core = new int[modality.size() + 1];
            Arrays.fill(core, rank);
            core[0] = rank + 1;
            List<Tensor> factors = new ArrayList<>(List.of(coordinates));
            modality.forEach(size -> factors.add(gaussian(random, size, rank)));
            Tensor b = Multilinear.modeProducts(gaussian(random, core), factors);
            double scale = Math.sqrt((double) individuals / sizes.size()) / Matrices.norm(b);
            for (int j = 0; j < b.size(); j++) {
                b.doubles()[j] *= scale;
            }
            parts.add(b);
        }
        int width = shapes().stream().mapToInt(Shape::size).sum();
        Tensor all = Tensor.zeros(individuals, width);
        int at = 0;
        for (Tensor part : parts) {
            int own = part.size() / individuals;
            for (int i = 0; i < individuals; i++) {
                System.arraycopy(part.doubles(), i * own, all.doubles(), i * width + at, own);
            }
            at += own;
        }
        return all;
    }

    private List<Shape> shapes() {
        return sizes.stream().map(modality -> Shape.of(modality.stream().mapToInt(Integer::intValue).toArray())).toList();
    }

    private Individual individual(int i, Tensor truth, double intercept, int n, RandomStream random) {
        int p = truth.shape().columns();
        Tensor x = gaussian(random, n, p);
        double[] y = new double[n];
        for (int row = 0; row < n; row++) {
            y[row] = intercept + noise * random.nextGaussian();
            for (int j = 0; j < p; j++) {
                y[row] = Math.fma(x.at(row * p + j), truth.at(i * p + j), y[row]);
            }
        }
        double[] weights = new double[n];
        Arrays.fill(weights, 1);
        return new Individual("i" + (i + 1), x, y, weights, new Modalities(shapes(), sizes.stream().map(size -> true).toList()));
    }

    /** The same without some modalities: zeros, which is their mean. */
    private Individual lacking(Individual all, List<Boolean> observed) {
        List<Shape> shapes = shapes();
        boolean[] kept = new boolean[shapes.stream().mapToInt(Shape::size).sum()];
        int at = 0;
        for (int m = 0; m < shapes.size(); m++) {
            Arrays.fill(kept, at, at + shapes.get(m).size(), observed.get(m));
            at += shapes.get(m).size();
        }
        double[] x = IntStream.range(0, all.predictors().size()).mapToDouble(j -> kept[j % kept.length] ? all.predictors().at(j) : 0)
                .toArray();
        return new Individual(all.name(), Tensor.of(all.predictors().shape(), x), all.response(), all.weights(),
                new Modalities(shapes, observed));
    }

    private static Tensor gaussian(RandomStream random, int... shape) {
        Tensor a = Tensor.zeros(shape);
        for (int i = 0; i < a.size(); i++) {
            a.doubles()[i] = random.nextGaussian();
        }
        return a;
    }
}
