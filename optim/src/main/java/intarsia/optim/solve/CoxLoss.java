package intarsia.optim.solve;

import intarsia.linalg.Elementary;
import intarsia.linalg.Shape;
import intarsia.linalg.Tensor;
import intarsia.linalg.Unary;
import intarsia.linalg.decomposition.Matrices;
import intarsia.linalg.heap.HostProducts;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * The negative log partial likelihood of {@link Cox}. With {@code s_tl} the denominator {@code R_t - (l / d_t) D_t} and {@code r_tli} the
 * share of row i in it, {@code c_t = W_t / d_t} and {@code a_i = sum_tl c_t r_tli}, the derivatives by eta are {@code a_i - w_i [event]}
 * and {@code diag(a) - sum_tl c_t r_tl r_tl'}.
 */
final class CoxLoss implements DenseLoss, SparseLoss {
    private static final double LEAST_CURVATURE = 1e-9;

    private final RiskSets sets;
    private final Cox.Ties ties;
    private final double[] w;
    private final double[] weight;
    private final int denominators;

    CoxLoss(RiskSets sets, Cox.Ties ties, double[] w) {
        this.sets = sets;
        this.ties = ties;
        this.w = w;
        this.weight = new double[sets.times()];
        for (int t = 0; t < weight.length; t++) {
            for (int i : sets.deaths[t]) {
                weight[t] += w[i];
            }
        }
        this.denominators = IntStream.range(0, weight.length).map(this::terms).sum();
    }

    @Override
    public int outputs() {
        return 1;
    }

    @Override
    public double[] start() {
        return new double[0];
    }

    /** How many denominators a time has: those of Breslow are all the same, and count as one. */
    private int terms(int t) {
        return ties == Cox.Ties.EFRON ? sets.deaths[t].length : 1;
    }

    /** How much of the events' own sum the l-th denominator leaves out. */
    private double left(int l, int t) {
        return ties == Cox.Ties.EFRON ? (double) l / sets.deaths[t].length : 0;
    }

    /** A number that all linear predictors may lose: the largest of rows at risk. */
    private double highest(double[] eta) {
        double highest = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < eta.length; i++) {
            highest = sets.everAtRisk(i) ? Math.max(highest, eta[i]) : highest;
        }
        return highest;
    }

    /** {@code w_i exp(eta_i - highest)}. */
    private double[] risks(double[] eta, double highest) {
        double[] risks = new double[eta.length];
        for (int i = 0; i < eta.length; i++) {
            risks[i] = sets.everAtRisk(i) ? eta[i] - highest : Double.NEGATIVE_INFINITY;
        }
        HostProducts.map(Unary.EXP, risks, risks);
        for (int i = 0; i < eta.length; i++) {
            risks[i] *= w[i];
        }
        return risks;
    }

    private double ofDeaths(int t, double[] risks) {
        double sum = 0;
        for (int i : sets.deaths[t]) {
            sum += risks[i];
        }
        return sum;
    }

    /** Half of where exponentials leave the range of doubles. */
    @Override
    public double reach() {
        return 350;
    }

    @Override
    public boolean counts(int row) {
        return sets.everAtRisk(row);
    }

    @Override
    public double value(double[] eta, double[] none) {
        double highest = highest(eta);
        double[] risks = risks(eta, highest);
        return value(eta, highest, risks, sets.overRows(risks, 1));
    }

    private double value(double[] eta, double highest, double[] risks, double[] atRisk) {
        double[] logs = new double[denominators];
        int at = 0;
        for (int t = 0; t < sets.times(); t++) {
            double dying = ofDeaths(t, risks);
            for (int l = 0; l < terms(t); l++) {
                logs[at++] = atRisk[t] - left(l, t) * dying;
            }
        }
        HostProducts.map(Unary.LOG, logs, logs);
        double sum = 0;
        at = 0;
        for (int t = 0; t < sets.times(); t++) {
            for (int l = 0; l < terms(t); l++, at++) {
                // a sum that has vanished belongs to linear predictors too far apart for doubles
                sum += logs[at] > Double.NEGATIVE_INFINITY ? weight[t] / terms(t) * logs[at] : Double.POSITIVE_INFINITY;
            }
            for (int i : sets.deaths[t]) {
                sum -= w[i] * (eta[i] - highest);
            }
        }
        return sum;
    }

    @Override
    public void derivatives(Tensor x, double[] eta, double[] none, double[] gradient, double[] hessian) {
        int n = w.length;
        int p = x.shape().columns();
        if (p == 0) {
            return;
        }
        double[] risks = risks(eta, highest(eta));
        double[] a = expected(risks, sets.overRows(risks, 1));
        double[] residuals = a.clone();
        double[] scaled = new double[n * p];
        double[] moments = new double[n * p];
        double[] values = x.doubles();
        for (int i = 0; i < n; i++) {
            double root = Math.sqrt(a[i]);
            for (int j = 0; j < p; j++) {
                scaled[i * p + j] = root * values[i * p + j];
                moments[i * p + j] = risks[i] * values[i * p + j];
            }
        }
        for (int[] deaths : sets.deaths) {
            for (int i : deaths) {
                residuals[i] -= w[i];
            }
        }
        Matrices.multiplyAdd(1, n, p, residuals, 0, x.doubles(), 0, gradient, 0);
        Tensor rows = means(risks, moments, p);
        Tensor within = Matrices.gram(Tensor.of(Shape.of(n, p), scaled));
        Tensor between = Matrices.gram(rows);
        for (int k = 0; k < p * p; k++) {
            hessian[k] = within.at(k) - between.at(k);
        }
    }

    /** {@code a_i}, the expected number of events of each row, times its weight. */
    private double[] expected(double[] risks, double[] atRisk) {
        double[] rates = new double[sets.times()];
        double[] less = new double[w.length];
        for (int t = 0; t < rates.length; t++) {
            double dying = ofDeaths(t, risks);
            double reduced = 0;
            for (int l = 0; l < terms(t); l++) {
                double rate = weight[t] / terms(t) / (atRisk[t] - left(l, t) * dying);
                rates[t] += rate;
                reduced += rate * left(l, t);
            }
            for (int i : sets.deaths[t]) {
                less[i] = reduced;
            }
        }
        double[] a = sets.overTimes(rates);
        for (int i = 0; i < a.length; i++) {
            a[i] = risks[i] * Math.max(0, a[i] - less[i]);
        }
        return a;
    }

    /** {@code sqrt(c_t)} times the mean row of each denominator, {@code sum_i r_tli x_i}. */
    private Tensor means(double[] risks, double[] moments, int p) {
        double[] scales = scales(risks);
        double[] sums = sets.overRows(moments, p);
        double[] rows = new double[Math.max(1, denominators) * p];
        int row = 0;
        for (int t = 0; t < sets.times(); t++) {
            double[] own = new double[p];
            for (int i : sets.deaths[t]) {
                for (int j = 0; j < p; j++) {
                    own[j] += moments[i * p + j];
                }
            }
            for (int l = 0; l < terms(t); l++, row++) {
                for (int j = 0; j < p; j++) {
                    rows[row * p + j] = scales[row] * (sums[t * p + j] - left(l, t) * own[j]);
                }
            }
        }
        return Tensor.of(Shape.of(Math.max(1, denominators), p), rows);
    }

    /** {@code sqrt(c_t) / s_tl}. */
    private double[] scales(double[] risks) {
        double[] atRisk = sets.overRows(risks, 1);
        double[] scales = new double[denominators];
        int row = 0;
        for (int t = 0; t < sets.times(); t++) {
            double dying = ofDeaths(t, risks);
            for (int l = 0; l < terms(t); l++) {
                scales[row++] = Math.sqrt(weight[t] / terms(t)) / (atRisk[t] - left(l, t) * dying);
            }
        }
        return scales;
    }

    /** The means of {@link #means}, column by column. */
    @Override
    public UnaryOperator<double[]> between(double[] eta) {
        double[] risks = risks(eta, highest(eta));
        double[] scales = scales(risks);
        return x -> {
            double[] moments = new double[x.length];
            for (int i = 0; i < x.length; i++) {
                moments[i] = risks[i] * x[i];
            }
            double[] sums = sets.overRows(moments, 1);
            double[] z = new double[denominators];
            int row = 0;
            for (int t = 0; t < sums.length; t++) {
                double own = ofDeaths(t, moments);
                for (int l = 0; l < terms(t); l++, row++) {
                    z[row] = scales[row] * (sums[t] - left(l, t) * own);
                }
            }
            return z;
        };
    }

    @Override
    public boolean intercepts() {
        return false;
    }

    @Override
    public boolean centered() {
        return true;
    }

    @Override
    public double evaluate(double[] eta, double[] none, double[] u, double[] v) {
        double highest = highest(eta);
        double[] risks = risks(eta, highest);
        double[] atRisk = sets.overRows(risks, 1);
        double[] a = expected(risks, atRisk);
        for (int i = 0; i < u.length; i++) {
            u[i] = -a[i];
            v[i] = sets.everAtRisk(i) ? Math.max(LEAST_CURVATURE * w[i], a[i]) : 0;
        }
        for (int[] deaths : sets.deaths) {
            for (int i : deaths) {
                u[i] += w[i];
            }
        }
        return value(eta, highest, risks, atRisk);
    }

    /** Of each denominator, the divergence of shares between those of the events, {@code w_i / W_t}, and those at risk from the latter. */
    @Override
    public double fenchelGap(double[] eta, double[] none, double scale) {
        double[] risks = risks(eta, highest(eta));
        double[] atRisk = sets.overRows(risks, 1);
        double others = scale == 0 ? 0 : scale * Elementary.log(scale);
        double sum = 0;
        for (int t = 0; t < sets.times(); t++) {
            double dying = ofDeaths(t, risks);
            for (int l = 0; l < terms(t); l++) {
                double denominator = atRisk[t] - left(l, t) * dying;
                double share = (1 - left(l, t)) * dying / denominator;
                double divergence = others * Math.max(0, 1 - share);
                for (int i : sets.deaths[t]) {
                    double r = (1 - left(l, t)) * risks[i] / denominator;
                    double m = (1 - scale) * w[i] / weight[t] + scale * r;
                    divergence += m * Elementary.log(m / r);
                }
                sum += weight[t] / terms(t) * Math.max(0, divergence);
            }
        }
        return sum;
    }

    @Override
    public double magnitude() {
        return Arrays.stream(w).sum();
    }

    @Override
    public boolean recedes(double[] eta, double[] none, double slack) {
        double[] atRisk = sets.largest(eta);
        double[] negated = new double[eta.length];
        for (int i = 0; i < eta.length; i++) {
            negated[i] = -eta[i];
        }
        double[] least = sets.largest(negated);
        double widest = 0;
        double worst = Double.NEGATIVE_INFINITY;
        for (int t = 0; t < sets.times(); t++) {
            widest = Math.max(widest, atRisk[t] + least[t]);
            for (int i : sets.deaths[t]) {
                worst = Math.max(worst, atRisk[t] - eta[i]);
            }
        }
        return widest > 0 && worst <= slack * widest;
    }

    @Override
    public void absorb(double[] shift, double[] none) {
        // a number that all linear predictors lose changes nothing
    }
}
