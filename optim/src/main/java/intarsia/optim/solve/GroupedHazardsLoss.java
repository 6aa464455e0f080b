package intarsia.optim.solve;

import intarsia.linalg.Elementary;
import intarsia.linalg.Tensor;
import java.util.Arrays;

/** The loss {@code sum_i w_i (sum_(k survived) exp(a_k + eta_i) - log(1 - exp(-exp(a_to + eta_i))))}, the second part of events. */
final class GroupedHazardsLoss implements DenseLoss {
    private final GroupedHazards rows;
    private final int[] index;
    private final double[] w;
    private final int free;

    /** @param index the place of each stratum's intervals among the free parameters, or -1 */
    GroupedHazardsLoss(GroupedHazards rows, int[] index) {
        this.rows = rows;
        this.index = index;
        this.w = rows.weights();
        this.free = Arrays.stream(index).max().orElse(-1) + 1;
    }

    @Override
    public int outputs() {
        return 1;
    }

    private int index(int row, int interval) {
        return index[rows.strata()[row] * rows.intervals() + interval];
    }

    /** Of rows that are alike, with half a row more that survives each. */
    @Override
    public double[] start() {
        double[] events = new double[free];
        double[] seen = new double[free];
        for (int i = 0; i < w.length; i++) {
            for (int k = rows.from()[i]; k < rows.to()[i]; k++) {
                if (index(i, k) >= 0) {
                    seen[index(i, k)] += w[i];
                }
            }
            if (rows.events()[i] && w[i] > 0) {
                events[index(i, rows.to()[i])] += w[i];
            }
        }
        double[] a = new double[free];
        Arrays.setAll(a, k -> Elementary.log(Elementary.log1p(events[k] / (seen[k] == 0 ? events[k] / 2 : seen[k]))));
        return a;
    }

    @Override
    public boolean counts(int row) {
        return w[row] > 0;
    }

    @Override
    public double value(double[] eta, double[] a) {
        double sum = 0;
        for (int i = 0; i < w.length; i++) {
            for (int k = rows.from()[i]; k < rows.to()[i] && w[i] > 0; k++) {
                sum += index(i, k) < 0 ? 0 : w[i] * Elementary.exp(a[index(i, k)] + eta[i]);
            }
            if (rows.events()[i] && w[i] > 0) {
                sum -= w[i] * Elementary.log(CumulativeLogitLoss.below(Elementary.exp(a[index(i, rows.to()[i])] + eta[i])));
            }
        }
        return sum;
    }

    @Override
    public void derivatives(Tensor x, double[] eta, double[] a, double[] gradient, double[] hessian) {
        int p = x.shape().columns();
        double[] slopes = new double[w.length];
        double[] bends = new double[w.length];
        double[] mixed = new double[w.length * free];
        for (int i = 0; i < w.length; i++) {
            for (int k = rows.from()[i]; k < rows.to()[i] && w[i] > 0; k++) {
                if (index(i, k) >= 0) {
                    double expected = w[i] * Elementary.exp(a[index(i, k)] + eta[i]);
                    slopes[i] += expected;
                    bends[i] += expected;
                    add(i, p, index(i, k), expected, expected, mixed, gradient, hessian);
                }
            }
            if (rows.events()[i] && w[i] > 0) {
                int at = index(i, rows.to()[i]);
                double u = Elementary.exp(a[at] + eta[i]);
                double rest = GroupedHazards.eventSlope(u);
                double bend = GroupedHazards.eventCurvature(u);
                slopes[i] -= w[i] * rest;
                bends[i] += w[i] * bend;
                add(i, p, at, -w[i] * rest, w[i] * bend, mixed, gradient, hessian);
            }
        }
        DenseLoss.products(x, slopes, bends, mixed, free, gradient, hessian);
    }

    private void add(int row, int p, int at, double slope, double bend, double[] mixed, double[] gradient, double[] hessian) {
        gradient[p + at] += slope;
        hessian[(p + at) * gradient.length + p + at] += bend;
        mixed[row * free + at] += bend;
    }

    @Override
    public boolean recedes(double[] eta, double[] a, double slack) {
        double largest = 0;
        double worst = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < w.length; i++) {
            for (int k = rows.from()[i]; k < rows.to()[i] && w[i] > 0; k++) {
                if (index(i, k) >= 0) {
                    double along = a[index(i, k)] + eta[i];
                    worst = Math.max(worst, along);
                    largest = Math.max(largest, Math.abs(along));
                }
            }
            if (rows.events()[i] && w[i] > 0) {
                double along = a[index(i, rows.to()[i])] + eta[i];
                worst = Math.max(worst, -along);
                largest = Math.max(largest, Math.abs(along));
            }
        }
        return largest > 0 && worst <= slack * largest;
    }

    @Override
    public void absorb(double[] shift, double[] a) {
        for (int k = 0; k < a.length; k++) {
            a[k] += shift[0];
        }
    }
}
