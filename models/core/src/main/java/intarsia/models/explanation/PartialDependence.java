package intarsia.models.explanation;

import intarsia.models.Predictor;
import intarsia.models.data.Column;
import intarsia.models.data.Observations;
import intarsia.models.data.Source;
import intarsia.models.response.ResponseFamily;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * How predictions of a task's rows go with one column: each row with every value of a grid in the column, its other cells as they are
 * (Goldstein et al. 2015, individual conditional expectation), and the mean over rows (Friedman 2001). Where columns depend on each other,
 * rows are asked about that there are none of.
 *
 * @param source of the column
 * @param column its place in the source
 * @param grid   values of the column: those of the rows at equal shares of them, or its codes
 * @param rows   for each row its linear predictors at each value, {@code grid x predictors}
 */
public record PartialDependence(Source source, int column, double[] grid, double[][] rows) {
    /** Values of a quantity. */
    public static final int VALUES = 11;

    /** Of a column; the grid is empty where no row has a number in it. */
    public static PartialDependence of(Predictor bound, ResponseFamily family, String task, Observations rows, Source source, int column) {
        double[][] block = rows.blocks().get(source);
        double[] grid = grid(source.columns().get(column), Arrays.stream(block).mapToDouble(row -> row[column])
                .filter(cell -> !Double.isNaN(cell)).sorted().toArray());
        int predictors = family.predictors();
        double[][] curves = new double[rows.size()][grid.length * predictors];
        for (int g = 0; g < grid.length; g++) {
            double value = grid[g];
            Map<Source, double[][]> blocks = new LinkedHashMap<>(rows.blocks());
            blocks.put(source, Arrays.stream(block).map(row -> {
                double[] other = row.clone();
                other[column] = value;
                return other;
            }).toArray(double[][]::new));
            double[] eta = family.linear(bound.predict(task, new Observations(rows.rows(), blocks)));
            for (int i = 0; i < curves.length; i++) {
                System.arraycopy(eta, i * predictors, curves[i], g * predictors, predictors);
            }
        }
        return new PartialDependence(source, column, grid, curves);
    }

    private static double[] grid(Column column, double[] sorted) {
        if (sorted.length == 0) {
            return sorted;
        }
        return column.kind() == Column.Kind.CONTINUOUS
                ? IntStream.range(0, VALUES).mapToDouble(k -> sorted[(int) ((long) k * (sorted.length - 1) / (VALUES - 1))]).distinct()
                        .toArray()
                : IntStream.range(0, column.kind() == Column.Kind.BINARY ? 2 : column.levels().size()).asDoubleStream().toArray();
    }

    /** The mean over rows, {@code grid x predictors}. */
    public double[] mean() {
        double[] mean = new double[rows.length == 0 ? 0 : rows[0].length];
        for (double[] row : rows) {
            Arrays.setAll(mean, g -> mean[g] + row[g] / rows.length);
        }
        return mean;
    }

    /** By how much the mean of a linear predictor changes over the grid: how steep it is, for choosing what to show. */
    public double range(int predictor) {
        double[] mean = mean();
        int predictors = grid.length == 0 ? 1 : mean.length / grid.length;
        double[] along = IntStream.range(0, mean.length / predictors).mapToDouble(g -> mean[g * predictors + predictor]).toArray();
        return along.length == 0 ? 0 : Arrays.stream(along).max().orElse(0) - Arrays.stream(along).min().orElse(0);
    }
}
