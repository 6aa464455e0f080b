package intarsia.models.dual;

import intarsia.models.Finding;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * What tasks share in a fitted dual encoder, for people.
 *
 * @param tasks        their names
 * @param coefficients their coefficients
 * @param share        how much of each task's prediction comes from the shared encoder: the variance of beta_r'C over rows as a share of it
 *                     and that of alpha_r'S_r; NaN if neither varies or there are no rows
 */
record Sharing(List<String> tasks, Coefficients coefficients, double[] share) {
    /** A deviation of no more than this share of beta is rounding. */
    private static final double ROUNDING = 1e-9;

    /** The tree of tasks by the distance of their betas. */
    Dendrogram dendrogram() {
        return Dendrogram.of(coefficients.distances());
    }

    /** {@code ||beta_r||_2}. */
    double norm(int task) {
        return Vectors.norm(coefficients.shared()[task]);
    }

    /** {@code ||beta_r - center||_2}, 0 where it is rounding. */
    double deviation(int task) {
        return coefficients.deviation(task) <= ROUNDING * norm(task) ? 0 : coefficients.deviation(task);
    }

    /** As tables, a matrix and a tree; with the objective after every alternation. */
    List<Finding> findings(List<Double> trace) {
        Dendrogram tree = dendrogram();
        List<String> names = tree.order().stream().map(tasks::get).toList();
        StringBuilder text = new StringBuilder();
        draw(tree.root(), 0, text);
        List<List<String>> objectives = IntStream.range(0, trace.size())
                .mapToObj(i -> List.of(Integer.toString(i), String.format(Locale.ROOT, "%.10g", trace.get(i)))).toList();
        return List.of(
                new Finding.Table("sharing", "Shared part of each task: norm of its coefficients on the shared encoder, their deviation"
                        + " from the center (0: equal to it), share of the prediction's variance due to the shared encoder",
                        List.of("task", "norm", "deviation", "shared share"),
                        IntStream.range(0, tasks.size()).mapToObj(this::row).toList()),
                new Finding.Matrix("similarity", "Cosine between tasks' coefficients on the shared encoder", names, names,
                        ordered(coefficients.cosines(), tree.order())),
                new Finding.Text("dendrogram", "Tree of tasks by the distance between their coefficients, average linkage",
                        text.toString()),
                new Finding.Table("trace", "Objective after each alternation", List.of("alternation", "objective"), objectives));
    }

    private List<String> row(int task) {
        return List.of(tasks.get(task), number(norm(task)), number(deviation(task)), Double.isNaN(share[task]) ? "" : number(share[task]));
    }

    private static double[][] ordered(double[][] matrix, List<Integer> order) {
        double[][] ordered = new double[matrix.length][matrix.length];
        for (int r = 0; r < matrix.length; r++) {
            for (int s = 0; s < matrix.length; s++) {
                ordered[r][s] = matrix[order.get(r)][order.get(s)];
            }
        }
        return ordered;
    }

    private void draw(Dendrogram.Node node, int depth, StringBuilder to) {
        to.append("  ".repeat(depth));
        switch (node) {
            case Dendrogram.Leaf(int number) -> to.append(tasks.get(number)).append('\n');
            case Dendrogram.Merge(Dendrogram.Node left, Dendrogram.Node right, double height) -> {
                to.append(number(height)).append('\n');
                draw(left, depth + 1, to);
                draw(right, depth + 1, to);
            }
        }
    }

    private static String number(double value) {
        return value == 0 ? "0" : String.format(Locale.ROOT, "%.4g", value);
    }

    /** The variance of {@code beta'C} over rows, as a share of it and the variance of {@code alpha'S}; both row-major. */
    static double share(double[] specific, double[] alpha, double[] shared, double[] beta) {
        double ofShared = variance(product(shared, beta));
        return ofShared / (ofShared + variance(product(specific, alpha)));
    }

    private static double[] product(double[] rows, double[] by) {
        double[] product = new double[rows.length / by.length];
        Arrays.setAll(product, i -> Vectors.dot(Arrays.copyOfRange(rows, i * by.length, (i + 1) * by.length), by));
        return product;
    }

    private static double variance(double[] values) {
        double mean = 0;
        for (double v : values) {
            mean += v / values.length;
        }
        double variance = 0;
        for (double v : values) {
            variance += (v - mean) * (v - mean) / values.length;
        }
        return variance;
    }
}
