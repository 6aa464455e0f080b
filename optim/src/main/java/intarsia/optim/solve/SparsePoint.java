package intarsia.optim.solve;

import java.util.Arrays;
import java.util.stream.IntStream;

/** Where {@link ProximalNewton} stands: coefficients, linear predictors and c, with the loss and its slopes there. */
final class SparsePoint {
    /** The share of loss and null loss below which a gain is lost in rounding. */
    private static final double ROUNDING = 1e-15;
    private static final double LEAST_GAP = 1e-24;

    final SparseLoss loss;
    final Design design;
    final int outputs;
    /** B, one linear predictor after the other. */
    final double[][] b;
    final Slopes[] slopes;
    /** c where eta is 0. */
    final double[] begin;
    /** The gap where nothing is explained. */
    final double nullLoss;
    /** The gap that is rounding. */
    final double negligible;
    private double[] eta;
    private double[] c;
    private double value;
    private double[] u;
    private double[] v;
    private int moves;

    /** Coefficients, linear predictors and c at some time. */
    record Copy(double[][] b, double[] eta, double[] c) {}

    /** Coefficients of 0. */
    SparsePoint(SparseLoss loss, Design design) {
        this.loss = loss;
        this.design = design;
        this.outputs = loss.outputs();
        KnownDirections known = new KnownDirections(design);
        this.slopes = IntStream.range(0, outputs).mapToObj(k -> new Slopes(design, known)).toArray(Slopes[]::new);
        this.b = new double[outputs][design.columns];
        this.eta = new double[outputs * design.rows];
        this.begin = loss.start();
        this.c = begin.clone();
        this.u = new double[eta.length];
        this.v = new double[eta.length];
        this.value = loss.evaluate(eta, c, u, v);
        arrive();
        this.nullLoss = loss.fenchelGap(eta, c, 0);
        this.negligible = LEAST_GAP * loss.magnitude();
    }

    /** Goes to these coefficients of a loss of one linear predictor, if it is finite there; the intercept is that of columns as given. */
    void start(double[] coefficients, double... intercept) {
        double[] nextEta = new double[eta.length];
        double shift = 0;
        for (int j = 0; j < coefficients.length; j++) {
            if (coefficients[j] != 0) {
                design.addColumn(j, coefficients[j], nextEta);
                shift = Math.fma(design.centers[j], coefficients[j], shift);
            }
        }
        double[] nextC = intercept.clone();
        loss.absorb(new double[] {shift}, nextC);
        if (accept(nextEta, nextC, Double.MAX_VALUE)) {
            System.arraycopy(coefficients, 0, b[0], 0, coefficients.length);
        }
    }

    /** Moves linear predictors and c if the loss is not above a bound there; then coefficients are the caller's to move. */
    boolean accept(double[] nextEta, double[] nextC, double bound) {
        double[] nextU = new double[eta.length];
        double[] nextV = new double[eta.length];
        double after = loss.evaluate(nextEta, nextC, nextU, nextV);
        if (!(after <= bound)) {
            return false;
        }
        eta = nextEta;
        c = nextC;
        u = nextU;
        v = nextV;
        value = after;
        arrive();
        return true;
    }

    private void arrive() {
        moves++;
        for (int k = 0; k < outputs; k++) {
            slopes[k].at(falls(k));
        }
    }

    /** Adds these numbers [n] to every linear predictor of a loss that this does not change. */
    void addToAll(double[] common) {
        eta = eta.clone();
        for (int at = 0; at < eta.length; at++) {
            eta[at] += common[at % common.length];
        }
    }

    Copy copy() {
        return new Copy(Arrays.stream(b).map(double[]::clone).toArray(double[][]::new), eta, c.clone());
    }

    /** [q n]; never written to. */
    double[] eta() {
        return eta;
    }

    /** [m]; not to be written to. */
    double[] c() {
        return c;
    }

    /** The loss. */
    double value() {
        return value;
    }

    /** How often the loss was evaluated anew: slopes are the same as long as this is. */
    int moves() {
        return moves;
    }

    /** Of a linear predictor [n]. */
    double[] falls(int k) {
        return ofOutput(u, k);
    }

    /** Of a linear predictor [n]. */
    double[] curvatures(int k) {
        return ofOutput(v, k);
    }

    /** The gain that is lost in rounding. */
    double rounding() {
        return ROUNDING * (Math.abs(value) + nullLoss);
    }

    double penalty(double[] l1, double[] l2) {
        double sum = 0;
        for (double[] coefficients : b) {
            sum += Duality.penalty(coefficients, l1, l2);
        }
        return sum;
    }

    static double sum(double[] x) {
        double sum = 0;
        for (double value : x) {
            sum += value;
        }
        return sum;
    }

    private double[] ofOutput(double[] all, int k) {
        return outputs == 1 ? all : Arrays.copyOfRange(all, k * design.rows, (k + 1) * design.rows);
    }
}
