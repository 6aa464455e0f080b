package intarsia.tutorial;

import intarsia.linalg.RandomStream;
import intarsia.linalg.Tensor;
import intarsia.models.report.Figure;
import intarsia.models.report.LineChart;
import intarsia.optim.prox.ElasticNet;
import intarsia.optim.prox.GroupLasso;
import intarsia.optim.prox.Penalty;
import intarsia.optim.solve.Family;
import intarsia.optim.solve.Glm;
import intarsia.optim.solve.GlmFit;
import intarsia.optim.solve.GlmProblem;
import intarsia.optim.solve.Objective;
import intarsia.optim.solve.ProximalGradient;
import intarsia.optim.solve.SolverOptions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** The lasso: a path, a certificate, other responses and penalties. */
public final class LassoTutorial implements Tutorial {
    @Override
    public void run(Transcript page) {
        // @start region="data"
        RandomStream random = RandomStream.of(7);
        double[][] rows = new double[80][200];                            // more columns than rows
        double[] y = new double[80];
        for (int i = 0; i < 80; i++) {
            Arrays.setAll(rows[i], j -> random.nextGaussian());
            y[i] = 3 * rows[i][0] - 2 * rows[i][1] + rows[i][2] + 0.5 * random.nextGaussian();
        }
        // @end
        // @start region="path"
        GlmProblem problem = GlmProblem.of(Family.GAUSSIAN, Tensor.matrix(rows), y);
        double[] weights = Glm.weights(problem, 1, 21, 0.005, SolverOptions.DEFAULT);
        List<GlmFit> path = Glm.path(problem, 1, weights, SolverOptions.DEFAULT);
        for (int k = 0; k < 21; k += 4) {
            GlmFit fit = path.get(k);
            double[] b = fit.coefficients();
            IO.println("weight %.4f  %2d columns, the first three %6.3f %6.3f %6.3f  gap %.0e"
                    .formatted(weights[k], fit.nonzeros(), b[0], b[1], b[2], fit.gap()));
        }
        // @end
        page.printed("path");
        page.shows(picture(weights, path));
        // @start region="optimal"
        GlmFit fit = path.get(8);
        double[] eta = Glm.eta(problem, fit);
        // of |x_j' r| / n where b_j is 0: at most the weight
        double largest = 0;
        // of |x_j' r / n - weight sign(b_j)| where it is not
        double worst = 0;
        for (int j = 0; j < 200; j++) {
            double slope = 0;
            for (int i = 0; i < 80; i++) {
                slope += rows[i][j] * (y[i] - eta[i]) / 80;
            }
            double b = fit.coefficients()[j];
            largest = b == 0 ? Math.max(largest, Math.abs(slope)) : largest;
            worst = b == 0 ? worst : Math.max(worst, Math.abs(slope - weights[8] * Math.signum(b)));
        }
        IO.println("weight %.4f: slopes of unused columns up to %.4f, of used ones within %.0e of it"
                .formatted(weights[8], largest, worst));
        // @end
        page.printed("optimal");
        // @start region="logistic"
        double[] ill = Arrays.stream(y).map(value -> value > 0 ? 1 : 0).toArray();
        GlmProblem logistic = GlmProblem.of(Family.BINOMIAL, Tensor.matrix(rows), ill);
        GlmFit odds = Glm.fit(logistic, ElasticNet.of(0.05, 0.9), SolverOptions.DEFAULT);
        IO.println(odds.outcome() + ", " + odds.nonzeros() + " columns");
        GlmFit none = Glm.fit(logistic, ElasticNet.of(0, 1), SolverOptions.DEFAULT);
        IO.println("without a penalty: " + none.outcome());
        // @end
        page.printed("logistic");
        // @start region="prox"
        double[] point = {3, -0.2, 0.7, -1.5};
        IO.println("lasso        " + Arrays.toString(Penalty.l1(1).prox(point, 0.5)));
        IO.println("nonnegative  " + Arrays.toString(Penalty.nonnegative().prox(point, 0.5)));
        IO.println("group lasso  " + Arrays.stream(new GroupLasso(1, 2).prox(point, 0.5))
                .mapToObj("%.3f"::formatted).toList());
        // @end
        page.printed("prox");
        // @start region="own-loss"
        // ||y - X b||^2 / 2n, and its gradient
        Objective squares = (b, gradient) -> {
            double value = 0;
            Arrays.fill(gradient, 0);
            for (int i = 0; i < 80; i++) {
                double residual = -y[i];
                for (int j = 0; j < 200; j++) {
                    residual += rows[i][j] * b[j];
                }
                value += residual * residual / 160;
                for (int j = 0; j < 200; j++) {
                    gradient[j] += rows[i][j] * residual / 80;
                }
            }
            return value;
        };
        var minimum = ProximalGradient.minimize(squares, new GroupLasso(0.8, 5), new double[200],
                SolverOptions.DEFAULT);
        double[] found = minimum.point();
        IO.println("%s after %d steps, columns not 0: %s".formatted(minimum.outcome(),
                minimum.iterations(), IntStream.range(0, 200).filter(j -> found[j] != 0).boxed().toList()));
        // @end
        page.printed("own-loss");
    }

    private static Figure picture(double[] weights, List<GlmFit> path) {
        List<LineChart.Line> lines = new ArrayList<>();
        for (int j = 0; j < 6; j++) {
            int column = j;
            lines.add(LineChart.Line.of("column " + (j + 1), weights, path.stream().mapToDouble(fit -> fit.coefficients()[column])
                    .toArray()));
        }
        return new LineChart("weight of the penalty", "coefficient", true, false, lines).figure("lasso",
                "The first six of 200 coefficients along the path", "");
    }
}
