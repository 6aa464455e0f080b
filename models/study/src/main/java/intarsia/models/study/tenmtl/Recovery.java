package intarsia.models.study.tenmtl;

import intarsia.models.Estimator;
import intarsia.models.report.Figure;
import intarsia.models.report.LineChart;
import intarsia.models.report.Table;
import intarsia.models.study.MeanLines;
import intarsia.models.study.Measurements;
import intarsia.models.study.Sample;
import intarsia.models.study.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How planted Tucker parameters are recovered as rows grow: the relative error of the tensor that core and factors make, since these are
 * determined only up to rotations. For a consistent estimate it falls like {@code n^-1/2}.
 *
 * @param settings scenarios, each with the true ranks given
 * @param method   TenMTL
 * @param measured what was measured
 */
record Recovery(List<Setting<Trial>> settings, Estimator method, Measurements measured) {
    private static final String TITLE = "Planted parameters recovered, true ranks given";

    /** A row for each number of rows, a column for each scenario; the last row has the slopes on log axes. */
    Table table() {
        List<String> header = new ArrayList<>(List.of("n"));
        settings.forEach(setting -> header.add(scenario(setting)));
        List<List<String>> rows = new ArrayList<>();
        for (double n : settings.stream().flatMap(setting -> setting.values().stream()).distinct().sorted().toList()) {
            List<String> row = new ArrayList<>(List.of(Setting.text(n)));
            settings.forEach(setting -> row.add(error(setting, n).text()));
            rows.add(row);
        }
        List<String> slopes = new ArrayList<>(List.of("slope"));
        settings.forEach(setting -> slopes.add(String.format(Locale.ROOT, "%.2f", slope(line(setting)))));
        rows.add(slopes);
        return new Table(TITLE, "Relative error of TenMTL's coefficients, ||B_hat - B|| / ||B||, mean (standard deviation) over "
                + "replicates, by rows of each individual; slope: of its logarithm over that of n, by least squares (n^-1/2 has -0.50).",
                header, rows);
    }

    Figure figure() {
        List<LineChart.Line> lines = settings.stream().map(this::line).toList();
        LineChart chart = new LineChart("n", "relative error", true, true, lines);
        LineChart.Line first = lines.getFirst();
        int points = first.x().length;
        LineChart all = points == 0 ? chart
                : chart.and(LineChart.Line.power("n^-1/2", -0.5, first.x()[0], first.x()[points - 1], first.x()[0], first.y()[0]));
        return all.figure("recovery", TITLE,
                "Relative error of TenMTL's coefficients against rows of each individual, with standard errors.");
    }

    private LineChart.Line line(Setting<Trial> setting) {
        return MeanLines.line(measured, setting, method, TenMtlWork.ERROR).named(scenario(setting));
    }

    private Sample error(Setting<Trial> setting, double n) {
        return measured.of(setting, n, method).sample(TenMtlWork.ERROR);
    }

    private static String scenario(Setting<Trial> setting) {
        return setting.title().replaceFirst(",.*", "");
    }

    private static double slope(LineChart.Line line) {
        int count = line.x().length;
        double meanX = 0;
        double meanY = 0;
        for (int i = 0; i < count; i++) {
            meanX += StrictMath.log(line.x()[i]) / count;
            meanY += StrictMath.log(line.y()[i]) / count;
        }
        double xy = 0;
        double xx = 0;
        for (int i = 0; i < count; i++) {
            double x = StrictMath.log(line.x()[i]) - meanX;
            xy += x * (StrictMath.log(line.y()[i]) - meanY);
            xx += x * x;
        }
        return xy / xx;
    }
}
