package intarsia.bench;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** All figures of some runs, by suite, row and series, in the order in which they first came. */
final class BenchResults {
    private final Map<String, Map<String, Map<String, List<Double>>>> suites = new LinkedHashMap<>();

    /** Takes one in. */
    void add(Measurement m) {
        suites.computeIfAbsent(m.suite(), k -> new LinkedHashMap<>()).computeIfAbsent(m.row(), k -> new LinkedHashMap<>())
                .computeIfAbsent(m.series(), k -> new ArrayList<>()).add(m.value());
    }

    /** The rows of a suite. */
    Collection<String> rows(String suite) {
        return suites.getOrDefault(suite, Map.of()).keySet();
    }

    /** Every series that has a figure in a suite. */
    Collection<String> series(String suite) {
        Collection<String> all = new LinkedHashSet<>();
        suites.getOrDefault(suite, Map.of()).values().forEach(row -> all.addAll(row.keySet()));
        return all;
    }

    /** The figures of all forks, from the lowest up; empty if there are none. */
    List<Double> all(String suite, String row, String series) {
        return suites.getOrDefault(suite, Map.of()).getOrDefault(row, Map.of()).getOrDefault(series, List.of()).stream().sorted().toList();
    }

    /** The median over forks. */
    OptionalDouble median(String suite, String row, String series) {
        List<Double> sorted = all(suite, row, series);
        int n = sorted.size();
        return n == 0 ? OptionalDouble.empty() : OptionalDouble.of(0.5 * (sorted.get((n - 1) / 2) + sorted.get(n / 2)));
    }
}
