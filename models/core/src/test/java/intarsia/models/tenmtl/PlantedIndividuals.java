package intarsia.models.tenmtl;

import intarsia.linalg.Elementary;
import intarsia.linalg.RandomStream;
import intarsia.linalg.Shape;
import intarsia.linalg.Tensor;
import intarsia.linalg.tucker.Multilinear;
import intarsia.models.data.Individual;
import intarsia.models.response.ResponseFamily;
import java.util.ArrayList;
import java.util.List;

/** Individuals with planted Tucker parameters. */
final class PlantedIndividuals {
    private PlantedIndividuals() {}

    static Tensor gaussian(RandomStream random, int... sizes) {
        Tensor a = Tensor.zeros(sizes);
        for (int i = 0; i < a.size(); i++) {
            a.doubles()[i] = random.nextGaussian();
        }
        return a;
    }

    /** B = [[G; 1 | F_0, U_1 .. U_d]] with Gaussian parts, of root mean square about 1. */
    static Tensor planted(RandomStream random, int individuals, int individualRank, int[] sizes, int[] ranks) {
        int[] core = new int[ranks.length + 1];
        core[0] = individualRank + 1;
        double scale = core[0];
        List<Tensor> factors = new ArrayList<>();
        Tensor u0 = gaussian(random, individuals, core[0]);
        for (int i = 0; i < individuals; i++) {
            u0.set(1, i, 0);
        }
        factors.add(u0);
        for (int k = 0; k < ranks.length; k++) {
            core[k + 1] = ranks[k];
            scale *= ranks[k];
            factors.add(gaussian(random, sizes[k], ranks[k]));
        }
        Tensor b = Multilinear.modeProducts(gaussian(random, core), factors);
        for (int i = 0; i < b.size(); i++) {
            b.doubles()[i] /= Math.sqrt(scale);
        }
        return b;
    }

    /** Rows for coefficients B, each individual with its own number of rows and intercept. */
    static List<Individual> individuals(RandomStream random, ResponseFamily family, Tensor b, int fewest, int most, double noise) {
        List<Individual> individuals = new ArrayList<>();
        Shape row = b.shape().without(0);
        for (int i = 0; i < b.shape().size(0); i++) {
            int n = fewest + random.nextInt(most - fewest + 1);
            Tensor x = gaussian(random, b.shape().with(0, n).sizes());
            double[] y = new double[n];
            double intercept = random.nextGaussian();
            for (int k = 0; k < n; k++) {
                double eta = intercept;
                for (int j = 0; j < row.size(); j++) {
                    eta += x.at(k * row.size() + j) * b.at(i * row.size() + j);
                }
                y[k] = family.standardized() ? eta + noise * random.nextGaussian() : random.nextDouble() < Elementary.sigmoid(eta) ? 1
                        : 0;
            }
            individuals.add(new Individual("i" + i, x, y));
        }
        return individuals;
    }

    /** Root mean square error of coefficients against the true ones, relative to theirs. */
    static double error(PersonalCoefficients models, Tensor b) {
        double error = 0;
        double size = 0;
        for (int i = 0; i < b.size(); i++) {
            error += (models.coefficients().at(i) - b.at(i)) * (models.coefficients().at(i) - b.at(i));
            size += b.at(i) * b.at(i);
        }
        return Math.sqrt(error / size);
    }
}
