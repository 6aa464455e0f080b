package intarsia.models.gp;

import intarsia.linalg.Pool;
import intarsia.linalg.Tensor;
import intarsia.linalg.decomposition.Cholesky;
import intarsia.linalg.decomposition.DecompositionException;
import intarsia.linalg.decomposition.GramSum;
import intarsia.linalg.decomposition.Matrices;
import intarsia.linalg.decomposition.TriangularSolve;

/**
 * The posterior of f given inducing rows. With T of {@link InducingProjection} and {@code v ~ N(0, I)}, the linear predictors that the
 * inducing rows say are {@code f = T v}: a generalized linear model of m coefficients.
 *
 * <pre>
 * mode of  log p(y | T v) - 1/2 v'v  by Newton's steps   B d = T'a - v,   a_i = d log p / df_i,  B = I + T'WT
 * log q = log p(y | T v) - 1/2 v'v - 1/2 log |B| - 1/2 sum_i W_ii rest_i
 * posterior:  E f(x) = k_u(x)'c,   c = L^-T v,    Var f(x) = k(x, x) - ||C k_u(x)||^2,   C = R L^-1,  R'R = I - B^-1
 * </pre>
 *
 * For normal responses log q is the collapsed lower bound of Titsias (2009), and the posterior his. For others it is Laplace's
 * approximation of the bound {@code log int p(v) exp(sum_i E log p(y_i | f_i)) dv}, the mean over f_i given v, which has variance rest_i,
 * to the second order (our own; W and rest_i do not enter the search for the mode). Each step reads all rows once: O(n m^2).
 */
final class InducingLaplace {
    private static final int MOST_STEPS = 60;
    /** Of Newton's decrement, in nats, as a share of the objective. */
    private static final double TOLERANCE = 1e-20;
    /** By how much rounding may let the objective fall. */
    private static final double ROUNDING = 1e-10;

    private final InducingProjection projection;
    private final Responses y;
    private final double[] noise;
    private final Pool pool;
    private final int m;

    private InducingLaplace(InducingProjection projection, Responses y, double[] noise, Pool pool) {
        this.projection = projection;
        this.y = y;
        this.noise = noise;
        this.pool = pool;
        m = projection.size();
    }

    /**
     * The mode.
     *
     * @param v           the coefficients
     * @param b           B
     * @param factor      of B
     * @param noise       for each task the variance of its noise, 1 where there is none
     * @param logEvidence {@code log q(y)}
     */
    record Mode(double[] v, Tensor b, Cholesky factor, double[] noise, double logEvidence) {
        /** c. */
        double[] coefficients(InducingProjection projection, Pool pool) {
            return TriangularSolve.left(projection.lower(), true, Tensor.vector(v), pool).doubles();
        }

        /** C, m x m. */
        Tensor reducer(InducingProjection projection, Pool pool) {
            int m = v.length;
            Tensor known = factor.inverse(pool);
            for (int k = 0; k < m * m; k++) {
                known.doubles()[k] = (k % (m + 1) == 0 ? 1 : 0) - known.at(k);
            }
            Tensor root;
            try {
                root = Cholesky.withJitter(known, pool).cholesky().lower();
            } catch (DecompositionException e) {
                // rows that say nothing
                root = Tensor.zeros(m, m);
            }
            return TriangularSolve.right(projection.lower(), false, Matrices.transpose(root), pool);
        }
    }

    /**
     * Finds it.
     *
     * @param start coefficients to begin at, if they are better than 0
     */
    static Mode mode(InducingProjection projection, Responses y, double[] noise, double[] start, Pool pool) {
        return new InducingLaplace(projection, y, noise, pool).mode(start);
    }

    /** What one reading of all rows finds at v. */
    private final class State {
        private final double[] v;
        private final double[] slope = new double[m];
        private double logLikelihood;
        private double trace;
        private Tensor b;

        State(double[] v, boolean withB) {
            this.v = v;
            GramSum gram = withB ? new GramSum(m, projection.rows(), pool) : null;
            projection.panels(panel -> new Part(panel, v, withB), part -> {
                logLikelihood += part.logLikelihood;
                trace += part.trace;
                for (int j = 0; j < m; j++) {
                    slope[j] += part.slope[j];
                }
                if (withB) {
                    gram.add(part.size, part.scaled, 0);
                }
            });
            if (withB) {
                b = gram.matrix();
                for (int j = 0; j < m; j++) {
                    b.doubles()[j * m + j] += 1;
                }
            }
        }

        double objective() {
            return logLikelihood - 0.5 * GpPosterior.dot(v, 0, v, 0, m);
        }
    }

    /** A panel's part of it. */
    private final class Part {
        private final int size;
        private final double[] slope = new double[m];
        private final double[] scaled;
        private double logLikelihood;
        private double trace;

        Part(InducingProjection.Panel panel, double[] v, boolean withB) {
            size = panel.size();
            double[] t = panel.t();
            scaled = withB ? new double[size * m] : null;
            for (int i = 0; i < size; i++) {
                int row = panel.first() + i;
                double f = GpPosterior.dot(t, i * m, v, 0, m);
                double a = y.slope(row, f, noise);
                double w = y.curvature(row, f, noise);
                logLikelihood += y.logLikelihood(row, f, noise);
                trace += w * panel.rest()[i];
                double root = Math.sqrt(w);
                for (int j = 0; j < m; j++) {
                    slope[j] = Math.fma(a, t[i * m + j], slope[j]);
                }
                for (int j = 0; j < m && withB; j++) {
                    scaled[i * m + j] = root * t[i * m + j];
                }
            }
        }
    }

    private Mode mode(double[] start) {
        State at = new State(start, true);
        if (!(at.objective() > y.logLikelihood(new double[y.size()], noise))) {
            at = new State(new double[m], true);
        }
        boolean linear = y.families().stream().allMatch(FamilyMeans::linear);
        Cholesky factor = Cholesky.of(at.b, pool);
        for (int step = 0; step < MOST_STEPS; step++) {
            double[] gradient = new double[m];
            for (int j = 0; j < m; j++) {
                gradient[j] = at.slope[j] - at.v[j];
            }
            double[] direction = factor.solve(Tensor.vector(gradient), pool).doubles();
            if (GpPosterior.dot(direction, 0, gradient, 0, m) <= TOLERANCE * (1 + Math.abs(at.objective()))) {
                break;
            }
            State next = next(at, direction, linear);
            if (next == null) {
                break;
            }
            if (linear) {
                // the curvature does not depend on f: one step was exact
                next.b = at.b;
                at = next;
                break;
            }
            at = next;
            factor = Cholesky.of(at.b, pool);
        }
        return new Mode(at.v, at.b, factor, noise, at.objective() - 0.5 * factor.logDeterminant() - 0.5 * at.trace);
    }

    /** A step, halved until the objective does not fall; null if it always does. */
    private State next(State at, double[] direction, boolean linear) {
        double least = at.objective() - ROUNDING * (1 + Math.abs(at.objective()));
        for (double share = 1; share > 1e-6; share /= 2) {
            double[] v = at.v.clone();
            for (int j = 0; j < m; j++) {
                v[j] = Math.fma(share, direction[j], v[j]);
            }
            State next = new State(v, !linear);
            if (next.objective() >= least) {
                return next;
            }
        }
        return null;
    }
}
