package intarsia.models.tenmtl;

import intarsia.linalg.Shape;
import intarsia.linalg.Tensor;
import intarsia.linalg.decomposition.Matrices;
import intarsia.linalg.tucker.TuckerDecomposition;
import intarsia.models.Predictor;
import intarsia.models.data.DataException;
import intarsia.models.data.Observations;
import intarsia.models.data.Task;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;

/**
 * A fitted TenMTL: all values, so that it can be written down and read back. Weights are named {@code core}, {@code factor/0} ..
 * {@code factor/d} and {@code intercepts}.
 *
 * @param options     what it was fitted with
 * @param encoding    the way from rows to predictor tensors
 * @param individuals their names, in the order of the rows of {@code factor/0}
 * @param dispersion  as in {@link TenMtlFit}
 * @param weights     all learned numbers by name
 */
public record TenMtlModel(TenMtlOptions options, TensorEncoding encoding, List<String> individuals, double dispersion,
        Map<String, Tensor> weights) implements Predictor {
    private static final String CORE = "core";
    private static final String FACTOR = "factor/";
    private static final String INTERCEPTS = "intercepts";
    /** Encoded numbers are about 1; from here on products of squares may not be finite. */
    private static final double LARGE = 1e70;

    /** Copies the list, and the map with its order. */
    public TenMtlModel {
        individuals = List.copyOf(individuals);
        weights = Collections.unmodifiableMap(new LinkedHashMap<>(weights));
    }

    /** What a fit of encoded rows found. */
    public static TenMtlModel of(TensorEncoding encoding, TenMtlFit fit) {
        Map<String, Tensor> weights = new LinkedHashMap<>();
        weights.put(CORE, fit.parameters().core());
        for (int k = 0; k < fit.parameters().factors().size(); k++) {
            weights.put(FACTOR + k, fit.parameters().factors().get(k));
        }
        weights.put(INTERCEPTS, Tensor.vector(fit.models().intercepts()));
        return new TenMtlModel(fit.options(), encoding, fit.models().names(), fit.dispersion(), weights);
    }

    /** Core and factors, U_0 first. */
    public TuckerDecomposition parameters() {
        List<Tensor> factors = new ArrayList<>();
        for (int k = 0; k <= encoding.modes().size(); k++) {
            factors.add(weights.get(FACTOR + k));
        }
        return new TuckerDecomposition(weights.get(CORE), factors);
    }

    /** The individuals' models, on the encoded scale. */
    public PersonalModels models() {
        return new PersonalModels(options.family(), individuals, parameters().reconstruct(), weights.get(INTERCEPTS).toDoubles());
    }

    /**
     * With one more individual, folded in ({@link FoldIn}) from some rows of a task, one at least; all others stay as they are.
     *
     * @throws DataException if there is one of this name, the task lacks a source that the predictors are made of, or its numbers are too
     *                       large
     */
    public TenMtlModel with(Task newcomer, int[] rows) {
        if (individuals.stream().anyMatch(newcomer.name()::equalsIgnoreCase)) {
            throw new DataException("task '" + newcomer.name() + "': the model has one of this name already");
        }
        TensorEncoding extended = encoding.with(newcomer, rows);
        Individual known = extended.individual(newcomer, rows);
        if (!(Matrices.norm(known.predictors()) < LARGE && Matrices.norm(Tensor.vector(known.response())) < LARGE)) {
            throw new DataException("task '" + newcomer.name() + "': a number in its rows is too large beside those of the individuals fitted");
        }
        FoldIn.Found found = FoldIn.fold(parameters(), weights.get(INTERCEPTS).toDoubles(), options.family(), dispersion, known);
        Tensor factor = weights.get(FACTOR + 0);
        Map<String, Tensor> all = new LinkedHashMap<>(weights);
        all.put(FACTOR + 0, Tensor.of(Shape.of(individuals.size() + 1, factor.shape().columns()), joined(factor.toDoubles(), found.coordinates())));
        all.put(INTERCEPTS, Tensor.vector(joined(weights.get(INTERCEPTS).toDoubles(), found.intercept())));
        List<String> names = new ArrayList<>(individuals);
        names.add(newcomer.name());
        return new TenMtlModel(options, extended, names, dispersion, all);
    }

    private static double[] joined(double[] a, double... b) {
        return DoubleStream.concat(Arrays.stream(a), Arrays.stream(b)).toArray();
    }

    /**
     * Makes sure that the weights are those of the options and the encoding: for a model that was read from somewhere.
     *
     * @throws IllegalArgumentException naming what is missing, too much or of another shape
     */
    public void check() {
        Map<String, Shape> expected = new LinkedHashMap<>();
        int[] ranks = options.predictorRanks();
        Shape row = encoding.row();
        if (ranks.length != row.rank()) {
            throw new IllegalArgumentException(ranks.length + " predictor ranks for predictors " + row);
        }
        int[] core = new int[ranks.length + 1];
        core[0] = options.totalIndividualRank();
        expected.put(FACTOR + 0, Shape.of(individuals.size(), core[0]));
        for (int k = 0; k < ranks.length; k++) {
            core[k + 1] = ranks[k];
            expected.put(FACTOR + (k + 1), Shape.of(row.size(k), ranks[k]));
        }
        expected.put(CORE, Shape.of(core));
        expected.put(INTERCEPTS, Shape.of(individuals.size()));
        expected.forEach((name, shape) -> {
            if (!weights.containsKey(name) || !weights.get(name).shape().equals(shape)) {
                throw new IllegalArgumentException("weights '" + name + "' should be " + shape + " and are "
                        + (weights.containsKey(name) ? weights.get(name).shape() : "missing"));
            }
        });
        weights.keySet().stream().filter(name -> !expected.containsKey(name)).findFirst().ifPresent(name -> {
            throw new IllegalArgumentException("weights '" + name + "' belong to nothing in the model");
        });
    }

    @Override
    public double[] predict(String task, Observations rows) {
        return new PersonalPredictor(encoding, models()).predict(task, rows);
    }
}
