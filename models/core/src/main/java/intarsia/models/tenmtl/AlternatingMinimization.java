package intarsia.models.tenmtl;

import intarsia.linalg.RandomStream;
import intarsia.linalg.Shape;
import intarsia.linalg.Tensor;
import intarsia.linalg.decomposition.Matrices;
import intarsia.linalg.decomposition.Qr;
import intarsia.linalg.decomposition.Svd;
import intarsia.linalg.decomposition.SymmetricEigen;
import intarsia.linalg.tucker.Multilinear;
import intarsia.linalg.tucker.TuckerDecomposition;
import intarsia.models.Outcome;
import intarsia.models.Progress;
import java.util.ArrayList;
import java.util.List;

/** Sweeps from one start after another; the best end is kept. */
final class AlternatingMinimization {
    /**
     * Ridges of the local estimates that may start the search, relative to the predictors' variance. Predictors that are nearly dependent
     * need little of it, few and noisy rows need much: the wrong one starts near a poor local minimum.
     */
    static final double[] START_RIDGES = {1e-5, 1e-3, 1e-1};

    /** A mode so many times as wide as the others together is decomposed by their side. */
    private static final int WIDE = 4;

    private final CoupledRows rows;
    private final CenteredData data;
    private final TenMtl options;
    private final TuckerRanks ranks;
    private final BlockUpdates updates;
    private final Progress progress;

    /** For options whose ranks suit the data. */
    AlternatingMinimization(CoupledRows rows, TenMtl options, Progress progress) {
        this.rows = rows;
        this.data = rows.all;
        this.options = options;
        this.ranks = options.ranks();
        this.updates = new BlockUpdates(rows, options);
        this.progress = progress;
    }

    Outcome<TenMtlFit> minimize(RandomStream random) {
        List<End> ends = new ArrayList<>();
        Iterate best = null;
        int bestStart = 0;
        boolean interrupted = false;
        for (int s = 0; s <= options.search().randomStarts() && !interrupted; s++) {
            Iterate iterate = s == 0 ? localStart() : updates.start(random(random.child("tenmtl/start", s)));
            List<Double> trace = new ArrayList<>(List.of(iterate.objective()));
            boolean converged = false;
            while (!converged && trace.size() <= options.search().maxSweeps() && !interrupted) {
                Iterate before = iterate;
                iterate = updates.sweep(iterate);
                double[] linear = iterate.linear(data);
                double moved = data.distance(linear, before.linear(data));
                converged = moved <= options.search().tolerance() * data.distance(linear, new double[linear.length]);
                trace.add(iterate.objective());
                progress.report("fitting TenMTL from start " + (s + 1), trace.size() - 1, options.search().maxSweeps());
                interrupted = Thread.currentThread().isInterrupted();
            }
            ends.add(new End(s == 0 ? "local" : "random " + s, List.copyOf(trace), converged, iterate.parameters()));
            if (best == null || iterate.objective() < best.objective()) {
                best = iterate;
                bestStart = s;
            }
        }
        TenMtlFit fit = fit(best, starts(ends, bestStart), bestStart);
        TenMtlFit.Start start = fit.bestStart();
        if (interrupted) {
            return new Outcome.Stopped<>(fit, "TenMTL was interrupted");
        }
        return start.converged() ? new Outcome.Converged<>(fit, start.sweeps())
                : new Outcome.Stopped<>(fit, "TenMTL reached its limit of " + options.search().maxSweeps() + " sweeps");
    }

    /** Where a start ended. */
    private record End(String name, List<Double> objective, boolean converged, CoupledTucker parameters) {}

    private static List<TenMtlFit.Start> starts(List<End> ends, int best) {
        double[] lowest = ends.get(best).parameters.reconstruct().doubles();
        List<TenMtlFit.Start> starts = new ArrayList<>();
        for (int s = 0; s < ends.size(); s++) {
            End end = ends.get(s);
            double distance = s == best ? 0 : distance(end.parameters.reconstruct().doubles(), lowest);
            starts.add(new TenMtlFit.Start(end.name, end.objective, end.converged, distance));
        }
        return starts;
    }

    /** {@code ||b - best|| / ||best||}; 0 where both are 0. */
    private static double distance(double[] b, double[] best) {
        double squares = 0;
        double size = 0;
        for (int j = 0; j < b.length; j++) {
            squares += (b[j] - best[j]) * (b[j] - best[j]);
            size += best[j] * best[j];
        }
        return squares == 0 ? 0 : Math.sqrt(squares / size);
    }

    private TenMtlFit fit(Iterate best, List<TenMtlFit.Start> starts, int bestStart) {
        double dispersion = data.response.standardized() ? 2 * best.loss() / data.individuals() : 1;
        CoupledTucker parameters = Iterate.normalized(best.parameters(), options.common());
        PersonalCoefficients coefficients = rows.uncentered(parameters, best.intercepts());
        List<TuckerDecomposition> expanded = new ArrayList<>();
        for (int m = 0; m < rows.modalities.size(); m++) {
            List<Tensor> factors = new ArrayList<>(parameters.modality(m).factors());
            for (int k = 1; k < factors.size(); k++) {
                factors.set(k, rows.modalities.get(m).spans.expanded(factors.get(k), k));
            }
            expanded.add(new TuckerDecomposition(parameters.modality(m).core(), factors));
        }
        return new TenMtlFit(options, new CoupledTucker(expanded), coefficients, best.objective(), dispersion, starts, bestStart,
                updates.violation(best));
    }

    /** Of the starts from local estimates, the one that is best after one sweep. */
    private Iterate localStart() {
        Iterate best = null;
        double lowest = Double.POSITIVE_INFINITY;
        for (double ridge : START_RIDGES) {
            Iterate from = updates.start(local(ridge));
            double swept = updates.sweep(from).objective();
            if (best == null || swept < lowest) {
                best = from;
                lowest = swept;
            }
        }
        return best;
    }

    /**
     * From local estimates B: U_k are leading left singular vectors of the unfoldings of B, F_0 those of mode 0 (of the deviations from the
     * mean, if there is a common column), the core is B in their coordinates. Of several modalities, F_0 are those of all coefficients side
     * by side; an individual has, of what it lacks, the mean of the others, or with no common column nothing.
     */
    private CoupledTucker local(double ridge) {
        CenteredData compressed = rows.joint().compressed();
        Tensor b = compressed.spans.expanded(data.losses.group() > 1 ? LocalClasses.estimate(compressed, ridge)
                : new Local(0, ridge).estimate(compressed, new SolverEndings()).coefficients());
        b = options.common() ? rows.completed(b) : b;
        int count = data.individuals();
        Tensor personal = scaled(leading(options.common() ? deviations(b) : b, 0, ranks.individual()), Math.sqrt(count));
        Tensor individuals = withCommon(personal, options.common());
        List<TuckerDecomposition> modalities = new ArrayList<>();
        int mode = 0;
        for (Tensor own : rows.apart(b)) {
            List<Tensor> factors = new ArrayList<>(List.of(individuals));
            for (int k = 1; k < own.shape().rank(); k++, mode++) {
                factors.add(leading(own, k, ranks.predictors().get(mode)));
            }
            // the columns of U_0 are orthogonal with squared norm `count`: deviations have no part along the ones
            Tensor core = Multilinear.contractAll(own, factors);
            for (int i = 0; i < core.size(); i++) {
                core.doubles()[i] /= count;
            }
            modalities.add(new TuckerDecomposition(core, factors));
        }
        return new CoupledTucker(modalities);
    }

    /** Orthonormal random factors, a random U_0, and a small random core: the first sweep fills it. */
    private CoupledTucker random(RandomStream random) {
        Tensor individuals = withCommon(gaussian(random, data.individuals(), ranks.individual()), options.common());
        List<TuckerDecomposition> modalities = new ArrayList<>();
        int mode = 0;
        for (CenteredData modality : rows.modalities) {
            List<Tensor> factors = new ArrayList<>(List.of(individuals));
            int[] rank = ranks.predictorRanks(mode, modality.rowShape().rank());
            int[] sizes = new int[rank.length + 1];
            sizes[0] = options.totalIndividualRank();
            for (int k = 0; k < rank.length; k++) {
                factors.add(Qr.of(gaussian(random, modality.rowShape().size(k), rank[k])).q());
                sizes[k + 1] = rank[k];
            }
            mode += rank.length;
            modalities.add(new TuckerDecomposition(scaled(gaussian(random, sizes), 1e-2), factors));
        }
        return new CoupledTucker(modalities);
    }

    /** Leading left singular vectors of an unfolding, by the smaller of its two sides. */
    private static Tensor leading(Tensor a, int mode, int rank) {
        int size = a.shape().size(mode);
        int others = a.size() / size;
        boolean tall = size > WIDE * others && rank <= others;
        Tensor vectors = tall ? Svd.of(Multilinear.unfold(a, mode)).left() : SymmetricEigen.of(Multilinear.gram(a, mode)).vectors();
        return Matrices.leadingColumns(vectors, rank);
    }

    /** Each individual's coefficients less the mean of all. */
    static Tensor deviations(Tensor b) {
        Tensor deviations = b.copy();
        int count = b.shape().size(0);
        int p = b.size() / count;
        for (int j = 0; j < p; j++) {
            double mean = 0;
            for (int i = 0; i < count; i++) {
                mean += b.at(i * p + j) / count;
            }
            for (int i = 0; i < count; i++) {
                deviations.doubles()[i * p + j] -= mean;
            }
        }
        return deviations;
    }

    private static Tensor withCommon(Tensor personal, boolean common) {
        if (!common) {
            return personal;
        }
        int count = personal.shape().rows();
        int rank = personal.shape().columns();
        Tensor both = Tensor.zeros(count, rank + 1);
        for (int i = 0; i < count; i++) {
            both.set(1, i, 0);
            System.arraycopy(personal.doubles(), i * rank, both.doubles(), i * (rank + 1) + 1, rank);
        }
        return both;
    }

    private static Tensor gaussian(RandomStream random, int... sizes) {
        Tensor a = Tensor.zeros(sizes);
        for (int i = 0; i < a.size(); i++) {
            a.doubles()[i] = random.nextGaussian();
        }
        return a;
    }

    private static Tensor scaled(Tensor a, double scale) {
        Tensor scaled = Tensor.of(Shape.of(a.shape().sizes()), a.toDoubles());
        for (int i = 0; i < scaled.size(); i++) {
            scaled.doubles()[i] *= scale;
        }
        return scaled;
    }
}
