package intarsia.models.gp;

import intarsia.linalg.RandomStream;
import intarsia.models.response.Alike;
import intarsia.models.response.ResponseFamily;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Random rows of three tasks and two sources: the second is measured in some rows only, and may be imputed in the others. */
final class GpRows {
    static final int TASKS = 3;
    static final int[] WIDTHS = {4, 3};
    private static final double[] SPREAD = {0.5, 0.1, 0.02};

    private GpRows() {}

    static KernelRows rows(int n, boolean imputed) {
        RandomStream random = RandomStream.of(5, "rows");
        int[] tasks = IntStream.range(0, n).map(i -> i * TASKS / n).toArray();
        SourceRows[] sources = new SourceRows[2];
        for (int s = 0; s < 2; s++) {
            int source = s;
            boolean[] lacking = new boolean[n];
            for (int i = 0; i < n; i++) {
                lacking[i] = source == 1 && (i % 7 == 0 || tasks[i] == 1);
            }
            int[] numbers = IntStream.range(0, n).filter(i -> imputed || !lacking[i]).toArray();
            double[] x = draw(random.child("x", s), numbers.length * WIDTHS[s]);
            double[] squares = Arrays.stream(x).map(v -> KernelFeatures.square(v, 0)).toArray();
            SourceRows measured = SourceRows.measured(numbers, x, WIDTHS[s], squares, WIDTHS[s]);
            sources[s] = imputed && s == 1 ? uncertain(measured, lacking) : measured;
        }
        return new KernelRows(tasks, sources, sources);
    }

    private static double[] draw(RandomStream random, int count) {
        double[] x = new double[count];
        for (int k = 0; k < count; k++) {
            x[k] = random.nextGaussian();
        }
        return x;
    }

    /** Some of the rows as normal distributions around their features. */
    static SourceRows uncertain(SourceRows rows, boolean[] which) {
        double[] weighted = new double[rows.size()];
        double[] excess = new double[rows.size()];
        double[] squares = rows.squares().clone();
        for (int i = 0; i < rows.size(); i++) {
            for (int k = 0; k < rows.width(); k++) {
                double x = rows.x()[i * rows.width() + k];
                weighted[i] += SPREAD[k] * x * x;
                if (which[i]) {
                    excess[i] += SPREAD[k] * SPREAD[k] + 2 * x * x * SPREAD[k];
                    squares[i * rows.width() + k] = KernelFeatures.square(x, SPREAD[k]);
                }
            }
        }
        double total = Arrays.stream(SPREAD).sum();
        double square = Arrays.stream(SPREAD).map(v -> v * v).sum();
        return new SourceRows(rows.rows(), rows.x(), rows.width(), squares, rows.squaresWidth(), rows.norms(), which,
                new SourceRows.Spread(SPREAD, total, square, weighted, excess));
    }

    static Divisors[] divisors() {
        return new Divisors[] {new Divisors(4, 4, new double[] {0, 0.3, 0}, new double[] {0, 0.2, 0}),
            new Divisors(3, 3, new double[3], new double[3])};
    }

    static Responses responses(KernelRows rows, List<ResponseFamily> families) {
        RandomStream random = RandomStream.of(5, "responses");
        double[] y = new double[rows.size()];
        for (int i = 0; i < y.length; i++) {
            double value = rows.sources()[0].x()[i * WIDTHS[0]] + 0.3 * random.nextGaussian();
            y[i] = families.get(rows.tasks()[i]).standardized() ? value : value > 0 ? 1 : 0;
        }
        return new Responses(rows.tasks(), y, Alike.ones(rows.tasks().length), families);
    }

    /** The same, rows counting 0.5, 1 or 3. */
    static Responses weighted(KernelRows rows, List<ResponseFamily> families) {
        Responses alike = responses(rows, families);
        return new Responses(rows.tasks(), alike.values(), IntStream.range(0, rows.size()).mapToDouble(i -> i % 3 == 0 ? 0.5 : i % 3 == 1
                ? 1 : 3).toArray(), families);
    }

    static double[] values(HyperparameterIndex index) {
        return Arrays.stream(draw(RandomStream.of(5, "hyperparameters"), index.size())).map(v -> 0.7 * v - 0.5).toArray();
    }
}
