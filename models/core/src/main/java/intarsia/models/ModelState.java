package intarsia.models;

import intarsia.linalg.Precision;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A model as it is saved: settings for a JSON file, numbers for a tensor file, and the models that it is made of.
 *
 * @param kind     names what reads it back
 * @param settings all that is not a learned number: a record of plain values and records
 * @param weights  the learned numbers that are not a member's
 * @param members  the models that it is made of, by name; none of most kinds
 */
public record ModelState(String kind, Record settings, Weights weights, Map<String, ModelState> members) {
    /** Copies the map. */
    public ModelState {
        members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
    }

    /** Of a model that is not made of others. */
    public ModelState(String kind, Record settings, Weights weights) {
        this(kind, settings, weights, Map.of());
    }

    /** The precision its numbers were learned in: F32 if any of them are, its members' included. */
    public Precision precision() {
        boolean single = Stream.concat(Stream.of(weights.precision()), members.values().stream().map(ModelState::precision))
                .anyMatch(precision -> precision == Precision.F32);
        return single ? Precision.F32 : Precision.F64;
    }
}
