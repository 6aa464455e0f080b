package intarsia.models.study;

import intarsia.models.Estimator;
import intarsia.models.report.LineChart;
import java.util.List;

/** Means of what was measured over a setting's values, as lines of a chart. */
public final class MeanLines {
    private MeanLines() {}

    /** A method's means at the values of a setting, with standard errors; values without a measurement are left out. */
    public static LineChart.Line line(Measurements measured, Setting<?> setting, Estimator method, String column) {
        List<Double> at = setting.values().stream().filter(value -> measured.of(setting, value, method).sample(column).size() > 0).toList();
        List<Sample> samples = at.stream().map(value -> measured.of(setting, value, method).sample(column)).toList();
        return new LineChart.Line(method.name(), at.stream().mapToDouble(v -> v).toArray(), samples.stream().mapToDouble(Sample::mean)
                .toArray(), samples.stream().mapToDouble(s -> s.size() < 2 ? 0 : s.standardError()).toArray(), false);
    }

    /** A line for each method. */
    public static LineChart chart(Measurements measured, Setting<?> setting, List<? extends Estimator> methods, String column,
            String axis) {
        return new LineChart(setting.symbol(), axis, false, false, methods.stream().map(method -> line(measured, setting, method, column))
                .filter(line -> line.x().length > 0).toList());
    }
}
