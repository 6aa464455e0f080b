package intarsia.models.simulation;

import intarsia.linalg.RandomStream;
import intarsia.linalg.Tensor;
import intarsia.linalg.decomposition.Matrices;
import intarsia.linalg.tucker.Multilinear;
import intarsia.models.data.Individual;
import java.util.ArrayList;
import java.util.List;

/**
 * Individuals in clusters, with Gaussian responses, whose coefficients are a Tucker tensor; made for TenMTL, and ours (the paper's
 * constants are not public).
 *
 * <pre>
 * I, III:  B_i = (G_0 + beta_u sum_r f_ir G_r) x_1 U_1 .. x_d U_d      individuals differ in their coordinates
 *          f_i = m_c(i) + spread N(0, I),  m_c ~ N(0, I)               R_f coordinates, similar within a cluster
 * II:      B_i = (G_0 + beta_u (D_c(i) + spread E_i)) x_1 U_1 ..       they differ in the core
 * III:     two thirds of the rows of U_k are 0                         most predictors say nothing
 * y = b_i + &lt;B_i, X&gt; + noise N(0, 1),  X ~ N(0, I),  b_i ~ N(0, 1)
 * </pre>
 *
 * All parts are Gaussian; B is scaled so that {@code <B_i, X>} has variance 1 on average over individuals.
 *
 * @param scenario    which
 * @param individuals I
 * @param clusters    K
 * @param rows        n of each individual to learn from
 * @param sizes       p_1 .. p_d
 * @param ranks       R_1 .. R_d
 * @param beta        beta_u: 0 makes all the same
 * @param noise       standard deviation
 */
public record TuckerCoefficients(Scenario scenario, int individuals, int clusters, int rows, List<Integer> sizes, List<Integer> ranks,
        double beta, double noise) {
    private static final double SPREAD = 0.3;
    private static final int INDIVIDUAL_RANK = 2;
    private static final int TEST_ROWS = 100;

    /** Where individuals differ. */
    public enum Scenario {
        /** In their coordinates; vectors as predictors. */
        INDIVIDUALS(List.of(30), List.of(3), 15),
        /** In the core; matrices as predictors. */
        CORE(List.of(8, 6), List.of(2, 2), 24),
        /** In their coordinates; matrices as predictors, factors sparse. */
        SPARSE(List.of(12, 9), List.of(2, 2), 30);

        private final List<Integer> sizes;
        private final List<Integer> ranks;
        private final int scarce;

        Scenario(List<Integer> sizes, List<Integer> ranks, int scarce) {
            this.sizes = sizes;
            this.ranks = ranks;
            this.scarce = scarce;
        }
    }

    /**
     * A replicate.
     *
     * @param train individuals to learn from
     * @param test  the same, with other rows
     * @param truth B [individuals x p_1 x ... x p_d]
     */
    public record SimulatedIndividuals(List<Individual> train, List<Individual> test, Tensor truth) {}

    /** Copies the lists. */
    public TuckerCoefficients {
        sizes = List.copyOf(sizes);
        ranks = List.copyOf(ranks);
    }

    /** Twenty individuals in three clusters, with few rows, strongly different. */
    public static TuckerCoefficients of(Scenario scenario) {
        return new TuckerCoefficients(scenario, 20, 3, scenario.scarce, scenario.sizes, scenario.ranks, 1, 0.5);
    }

    /** Differing this much. */
    public TuckerCoefficients beta(double other) {
        return new TuckerCoefficients(scenario, individuals, clusters, rows, sizes, ranks, other, noise);
    }

    /** With so many rows each. */
    public TuckerCoefficients rows(int other) {
        return new TuckerCoefficients(scenario, individuals, clusters, other, sizes, ranks, beta, noise);
    }

    /** Draws a replicate; rows and noise do not depend on how individuals differ. */
    public SimulatedIndividuals draw(RandomStream random) {
        Tensor truth = coefficients(random.child("coefficients"));
        RandomStream intercepts = random.child("intercepts");
        List<Individual> train = new ArrayList<>();
        List<Individual> test = new ArrayList<>();
        for (int i = 0; i < individuals; i++) {
            double intercept = intercepts.nextGaussian();
            train.add(individual(i, truth, intercept, rows, random.child("train", i)));
            test.add(individual(i, truth, intercept, TEST_ROWS, random.child("test", i)));
        }
        return new SimulatedIndividuals(train, test, truth);
    }

    private Tensor coefficients(RandomStream random) {
        List<Tensor> factors = new ArrayList<>();
        int inner = 1;
        for (int k = 0; k < sizes.size(); k++) {
            Tensor factor = gaussian(random, sizes.get(k), ranks.get(k));
            int shown = scenario == Scenario.SPARSE ? (sizes.get(k) + 2) / 3 : sizes.get(k);
            for (int j = shown * ranks.get(k); j < factor.size(); j++) {
                factor.doubles()[j] = 0;
            }
            factors.add(factor);
            inner *= ranks.get(k);
        }
        double[][] cores = cores(random, inner);
        int[] shape = new int[sizes.size() + 1];
        shape[0] = individuals;
        for (int k = 0; k < sizes.size(); k++) {
            shape[k + 1] = ranks.get(k);
        }
        Tensor b = Tensor.zeros(shape);
        for (int i = 0; i < individuals; i++) {
            System.arraycopy(cores[i], 0, b.doubles(), i * inner, inner);
        }
        for (int k = 0; k < sizes.size(); k++) {
            b = Multilinear.modeProduct(b, factors.get(k), k + 1);
        }
        double scale = Math.sqrt(individuals) / Matrices.norm(b);
        for (int j = 0; j < b.size(); j++) {
            b.doubles()[j] *= scale;
        }
        return b;
    }

    /** Each individual's core. */
    private double[][] cores(RandomStream random, int inner) {
        double[] common = numbers(random, inner);
        double[][] cores = new double[individuals][];
        double[][] centers = new double[clusters][];
        double[][] directions = new double[INDIVIDUAL_RANK][];
        for (int r = 0; r < INDIVIDUAL_RANK; r++) {
            directions[r] = numbers(random, inner);
        }
        for (int c = 0; c < clusters; c++) {
            centers[c] = numbers(random, scenario == Scenario.CORE ? inner : INDIVIDUAL_RANK);
        }
        for (int i = 0; i < individuals; i++) {
            double[] center = centers[i % clusters];
            double[] deviation = numbers(random, center.length);
            cores[i] = common.clone();
            for (int m = 0; m < center.length; m++) {
                double f = beta * (center[m] + SPREAD * deviation[m]);
                for (int j = 0; j < inner; j++) {
                    cores[i][j] += scenario == Scenario.CORE ? (j == m ? f : 0) : f * directions[m][j];
                }
            }
        }
        return cores;
    }

    private Individual individual(int i, Tensor truth, double intercept, int n, RandomStream random) {
        int[] shape = truth.shape().sizes();
        int p = truth.size() / individuals;
        shape[0] = n;
        Tensor x = gaussian(random, shape);
        double[] y = new double[n];
        for (int row = 0; row < n; row++) {
            y[row] = intercept + noise * random.nextGaussian();
            for (int j = 0; j < p; j++) {
                y[row] = Math.fma(x.at(row * p + j), truth.at(i * p + j), y[row]);
            }
        }
        return new Individual("i" + (i + 1), x, y);
    }

    private static Tensor gaussian(RandomStream random, int... shape) {
        Tensor a = Tensor.zeros(shape);
        for (int i = 0; i < a.size(); i++) {
            a.doubles()[i] = random.nextGaussian();
        }
        return a;
    }

    private static double[] numbers(RandomStream random, int count) {
        double[] numbers = new double[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = random.nextGaussian();
        }
        return numbers;
    }
}
