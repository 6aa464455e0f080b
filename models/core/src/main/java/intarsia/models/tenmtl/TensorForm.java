package intarsia.models.tenmtl;

import intarsia.models.data.DataException;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What tensor a row's columns make. Without modes it is the tensor of the source that is one ({@link
 * intarsia.models.data.Source#axes}), other sources not being read; where there is none, all columns are one vector. With modes, each a
 * group of sources, a row's predictors are the outer product {@code (1, x_1) o (1, x_2) o ...} of the modes' vectors, each led by a 1: so
 * every column has its own effect, and the effects of one mode's columns vary with those of the others (a varying-coefficient model, if one
 * mode is time). A source that is a tensor stands alone in its group, without a 1, and gives as many modes as it has axes: {@code X o (1,
 * x_1)}, the effects of a scan varying with age.
 *
 * <p>Or sources are coupled: each is a modality, a vector or a tensor of its own, with effects that are a tensor of their own;
 * {@link TenMtl} ties them by what individuals have in common. Tasks may lack some of them, as long as each has one. Methods that know no
 * modalities take all numbers as one vector.
 *
 * <p>A continuous column may bend: with knots {@code c_1, c_2, ...} its vector also has {@code max(0, x - c_k)}, and its effect is
 * piecewise linear.
 *
 * @param modes   for each mode the names of its sources; empty for rows as they are given, or coupled
 * @param coupled names of the sources that are a modality each; empty for one tensor
 * @param knots   for columns that bend, where; in the column's unit
 */
public record TensorForm(List<List<String>> modes, List<String> coupled, Map<String, List<Double>> knots) {
    /** The tensor of the source that is one, or all columns as one vector. */
    public static final TensorForm AS_GIVEN = new TensorForm(List.of(), Map.of());

    /** One tensor. */
    public TensorForm(List<List<String>> modes, Map<String, List<Double>> knots) {
        this(modes, List.of(), knots);
    }

    /** A modality for each of these sources. */
    public static TensorForm coupled(String... sources) {
        return new TensorForm(List.of(), List.of(sources), Map.of());
    }

    /**
     * Keeps copies; refuses modes beside coupled sources, a source in two modes or coupled twice, modes without one, and knots that are not
     * finite or given twice.
     */
    public TensorForm {
        modes = modes.stream().map(List::copyOf).toList();
        coupled = List.copyOf(coupled);
        if (!coupled.isEmpty() && !modes.isEmpty()) {
            throw new DataException("predictors: give either modes of one tensor or coupled sources, not both");
        }
        Set<String> tied = new HashSet<>();
        for (String source : coupled) {
            if (!tied.add(source)) {
                throw new DataException("predictors: source '" + source + "' is coupled twice");
            }
        }
        Map<String, List<Double>> copy = new TreeMap<>();
        knots.forEach((column, at) -> copy.put(column, List.copyOf(at)));
        knots = Collections.unmodifiableMap(copy);
        Set<String> seen = new HashSet<>();
        for (List<String> mode : modes) {
            if (mode.isEmpty()) {
                throw new DataException("predictors: a mode names no source");
            }
            mode.forEach(source -> {
                if (!seen.add(source)) {
                    throw new DataException("predictors: source '" + source + "' is named twice among the modes");
                }
            });
        }
        knots.forEach((column, at) -> {
            Set<Double> bent = new HashSet<>();
            for (double knot : at) {
                if (!Double.isFinite(knot)) {
                    throw new DataException("predictors: column '" + column + "' cannot bend at " + knot);
                }
                if (!bent.add(knot)) {
                    throw new DataException("predictors: column '" + column + "' is to bend at " + knot + " twice");
                }
            }
        });
    }
}
