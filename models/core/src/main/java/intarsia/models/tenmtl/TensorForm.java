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
 * <p>A continuous column may bend: with knots {@code c_1, c_2, ...} its vector also has {@code max(0, x - c_k)}, and its effect is
 * piecewise linear.
 *
 * @param modes for each mode the names of its sources; empty for rows as they are given
 * @param knots for columns that bend, where; in the column's unit
 */
public record TensorForm(List<List<String>> modes, Map<String, List<Double>> knots) {
    /** The tensor of the source that is one, or all columns as one vector. */
    public static final TensorForm AS_GIVEN = new TensorForm(List.of(), Map.of());

    /** Keeps copies; refuses a source in two modes, modes without one, and knots that are not finite or given twice. */
    public TensorForm {
        modes = modes.stream().map(List::copyOf).toList();
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
