package intarsia.conformance;

import intarsia.linalg.RandomStream;
import intarsia.linalg.Tensor;
import intarsia.models.data.Individual;
import intarsia.models.response.ResponseFamily;
import intarsia.models.tenmtl.TenMtl;
import intarsia.models.tenmtl.TenMtlFit;
import java.util.ArrayList;
import java.util.List;

/** Fits 50 individuals with 100 rows of 64x64 predictors each, 164 MB of numbers, and prints the objective before and after a sweep. */
final class TenMtlMemory {
    private TenMtlMemory() {}

    public static void main(String[] args) {
        RandomStream random = RandomStream.of(1, "memory");
        List<Individual> individuals = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            Tensor x = Tensor.zeros(100, 64, 64);
            double[] y = new double[100];
            for (int k = 0; k < x.size(); k++) {
                x.doubles()[k] = random.nextDouble(-1, 1);
            }
            for (int n = 0; n < 100; n++) {
                for (int j = 0; j < 10; j++) {
                    y[n] += x.get(n, j, 0) * (1 + i % 2);
                }
            }
            individuals.add(new Individual("i" + i, x, y));
        }
        TenMtl oneSweep = TenMtl.options().ranks(1, 1, 1).search(new TenMtl.Search(0, 1, 1e-4));
        TenMtlFit fit = oneSweep.solve(individuals, ResponseFamily.CONTINUOUS, random.child("fit")).orThrow();
        fit.starts().getFirst().objective().forEach(System.out::println);
    }
}
