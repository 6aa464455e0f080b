package intarsia.models.tenmtl;

import intarsia.linalg.Tensor;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** A participant's local estimates by ridge, each computed once. */
final class LocalModels {
    private final CenteredData data;
    private final Map<Double, Tensor> byRidge = new HashMap<>();

    LocalModels(CenteredData data) {
        this.data = data;
    }

    /** Of individual i [P]. */
    double[] coefficients(double ridge, int i) {
        Tensor b = byRidge.computeIfAbsent(ridge, of -> {
            CenteredData compressed = data.compressed();
            return compressed.spans.expanded(new Local(0, of).estimate(compressed, new SolverEndings()).coefficients());
        });
        int p = b.size() / data.individuals();
        return Arrays.copyOfRange(b.doubles(), i * p, (i + 1) * p);
    }

    /** The same less a mean. */
    double[] deviation(double ridge, double[] mean, int i) {
        double[] b = coefficients(ridge, i);
        for (int j = 0; j < b.length; j++) {
            b[j] -= mean[j];
        }
        return b;
    }
}
