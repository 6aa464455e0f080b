package intarsia.bench.cost;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Processor times of all steps along each axis, from a base. */
final class CostGrid {
    /** An exponent is that of so many of the largest sizes: smaller ones are mostly what does not grow. */
    private static final int LARGEST = 3;

    /**
     * A size, and what it cost.
     *
     * @param seconds of each step
     */
    record Point(DataSize size, Map<CostStep, Double> seconds) {}

    private final DataSize base;
    private final Map<DataSize.Axis, List<Point>> points = new EnumMap<>(DataSize.Axis.class);

    CostGrid(DataSize base) {
        this.base = base;
    }

    DataSize base() {
        return base;
    }

    /** Adds a size, larger along the axis than those before. */
    void add(DataSize.Axis axis, DataSize size, Map<CostStep, Double> seconds) {
        points.computeIfAbsent(axis, of -> new ArrayList<>()).add(new Point(size, seconds));
    }

    List<Point> along(DataSize.Axis axis) {
        return points.getOrDefault(axis, List.of());
    }

    /** How a step's time grows along an axis, at its largest sizes. */
    PowerLaw law(DataSize.Axis axis, CostStep step) {
        List<Point> all = along(axis);
        List<Point> largest = all.subList(Math.max(0, all.size() - LARGEST), all.size());
        return PowerLaw.of(largest.stream().mapToDouble(point -> point.size.along(axis)).toArray(),
                largest.stream().mapToDouble(point -> point.seconds.get(step)).toArray());
    }
}
