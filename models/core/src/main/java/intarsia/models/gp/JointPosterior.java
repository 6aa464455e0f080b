package intarsia.models.gp;

import intarsia.linalg.Pool;
import intarsia.linalg.Shape;
import intarsia.linalg.Tensor;
import intarsia.linalg.decomposition.Cholesky;
import intarsia.linalg.decomposition.Matrices;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The posterior of the linear predictor and of blocks' outputs in a row, where blocks are outputs, given all rows that were learned from
 * and the blocks that the row has. With {@code z = (eta, u_1, u_2, ...)} of the row, m its mean and S its covariance given the training
 * rows' blocks, K' its covariance with their linear predictors (see {@link BlockPrior}), and a and D of {@link GpPosterior}:
 *
 * <pre>
 * given the training rows' responses:     z ~ N(mu, T),  mu = m + K a,  T = S - K D K'
 * given the outputs J that the row has:   E z = mu + T_J T_JJ^-1 (u_J - mu_J),   Cov z = T - T_J T_JJ^-1 T_J'
 * </pre>
 *
 * A row's numbers do not depend on the rows it comes with. O(q n^2) a row for q outputs. Safe for use by several threads.
 */
final class JointPosterior {
    private final CrossCovariance rows;
    private final CrossCovariance anchors;
    private final Hyperparameters h;
    private final List<BlockDirections> directions;
    private final List<OutputProcess> outputs;
    private final double[] a;
    /** C'. */
    private final Tensor reducer;

    JointPosterior(MultitaskGp.KernelSet kernels, TrainingRows training, List<BlockDirections> directions, Hyperparameters h, Pool pool) {
        this.h = h;
        this.directions = directions;
        rows = training.cross(kernels);
        anchors = new CrossCovariance(kernels, training.blocks().anchors(), training.blocks().divisors(), 1);
        MarginalLikelihood likelihood = new MarginalLikelihood(kernels, training, pool);
        outputs = likelihood.outputs(h);
        Laplace.Mode mode = likelihood.mode(h, outputs);
        a = mode.a();
        reducer = Matrices.transpose(Tensor.of(Shape.of(a.length, a.length), GpPosterior.reducer(mode, pool)));
    }

    /**
     * Of rows.
     *
     * @param latent  mean and variance of the linear predictor
     * @param outputs what the blocks' outputs are expected to be, row after row
     */
    record Of(GpPosterior.Latent latent, double[] outputs) {}

    /** Of a task's rows. */
    Of at(KernelRows asked) {
        int m = asked.size();
        int q = outputs.size();
        CrossCovariance.Of cross = rows.of(h, asked);
        KernelRows own = new KernelRows(new int[m], Arrays.copyOf(asked.sources(), anchors()), Arrays.copyOf(asked.sources(), anchors()));
        List<OutputProcess.Elsewhere> elsewhere = new ArrayList<>();
        for (OutputProcess output : outputs) {
            elsewhere.add(output.in(anchors.of(output.hyperparameters(), own)));
        }
        Of of = new Of(new GpPosterior.Latent(new double[m], new double[m]), new double[m * q]);
        for (int i = 0; i < m; i++) {
            Row row = row(i, cross, elsewhere);
            for (int k = 0; k < q; k++) {
                int s = outputs.get(k).output().source();
                int at = Arrays.binarySearch(asked.sources()[s].rows(), i);
                if (at >= 0) {
                    row.observe(k + 1, directions.get(s).output(k - first(s), asked.sources()[s].x(), at * asked.sources()[s].width()));
                }
            }
            row.condition();
            of.latent.mean()[i] = row.mean[0];
            of.latent.variance()[i] = Math.max(0, row.variance);
            System.arraycopy(row.mean, 1, of.outputs, i * q, q);
        }
        return of;
    }

    private int anchors() {
        return h.index().anchors();
    }

    /** The number of a source's first output. */
    int first(int s) {
        int first = 0;
        while (first < outputs.size() && outputs.get(first).output().source() < s) {
            first++;
        }
        return first;
    }

    private Row row(int i, CrossCovariance.Of cross, List<OutputProcess.Elsewhere> elsewhere) {
        int n = a.length;
        int q = outputs.size();
        double[] k = new double[(q + 1) * n];
        System.arraycopy(cross.covariance(), i * n, k, 0, n);
        double[] mean = new double[q + 1];
        Tensor covariance = Tensor.zeros(q + 1, q + 1);
        double variance = cross.variance()[i];
        for (int o = 0; o < q; o++) {
            OutputProcess.Elsewhere at = elsewhere.get(o);
            double w = BlockPrior.loading(h, o, outputs.get(o).output());
            int[] missing = outputs.get(o).output().missing();
            for (int j = 0; j < missing.length; j++) {
                double own = w * at.covariance().get(i, j);
                k[(o + 1) * n + missing[j]] = own;
                k[missing[j]] += w * own;
            }
            mean[0] += w * at.mean()[i];
            mean[o + 1] = at.mean()[i];
            variance += w * w * at.variance()[i];
            covariance.set(w * at.variance()[i], 0, o + 1);
            covariance.set(w * at.variance()[i], o + 1, 0);
            covariance.set(at.variance()[i], o + 1, o + 1);
        }
        covariance.set(variance, 0, 0);
        Tensor known = Matrices.product(Tensor.of(Shape.of(q + 1, n), k), reducer);
        Tensor explained = Matrices.rowGram(known);
        for (int o = 0; o <= q; o++) {
            mean[o] += GpPosterior.dot(k, o * n, a, 0, n);
        }
        for (int e = 0; e < covariance.size(); e++) {
            covariance.doubles()[e] -= explained.at(e);
        }
        return new Row(mean, covariance);
    }

    /** A row's linear predictor and outputs, normally distributed. */
    private static final class Row {
        private final double[] mean;
        private final Tensor covariance;
        private final int[] observed;
        private final double[] values;
        private int count;
        private double variance;

        Row(double[] mean, Tensor covariance) {
            this.mean = mean;
            this.covariance = covariance;
            observed = new int[mean.length];
            values = new double[mean.length];
            variance = covariance.get(0, 0);
        }

        void observe(int place, double value) {
            observed[count] = place;
            values[count++] = value;
        }

        /** Takes what was observed into account. */
        void condition() {
            if (count == 0) {
                return;
            }
            Tensor among = Tensor.zeros(count, count);
            Tensor right = Tensor.zeros(count, 2);
            for (int i = 0; i < count; i++) {
                for (int j = 0; j < count; j++) {
                    among.set(covariance.get(observed[i], observed[j]), i, j);
                }
                right.set(values[i] - mean[observed[i]], i, 0);
                right.set(covariance.get(0, observed[i]), i, 1);
            }
            Tensor solved = Cholesky.of(among).solve(right);
            for (int place = 0; place < mean.length; place++) {
                for (int i = 0; i < count; i++) {
                    mean[place] += covariance.get(place, observed[i]) * solved.get(i, 0);
                }
            }
            for (int i = 0; i < count; i++) {
                variance -= covariance.get(0, observed[i]) * solved.get(i, 1);
            }
        }
    }

    /** What a source's features, as kernels read them, are expected to be in rows; null where a source has no outputs. */
    double[][] features(int s, Of of) {
        BlockDirections ofSource = directions.get(s);
        if (ofSource == null) {
            return null;
        }
        double[][] features = new double[of.latent.mean().length][];
        for (int i = 0; i < features.length; i++) {
            features[i] = ofSource.features(of.outputs, i * outputs.size() + first(s));
        }
        return features;
    }
}
