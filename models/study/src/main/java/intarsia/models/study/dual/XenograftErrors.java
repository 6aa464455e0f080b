package intarsia.models.study.dual;

import intarsia.linalg.RandomStream;
import intarsia.models.Estimator;
import intarsia.models.report.Table;
import intarsia.models.study.Measurements;
import intarsia.models.study.Sample;
import intarsia.models.study.Setting;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Errors on patients left out, with intervals over patients: these, and not their tumors under one drug or another, are what was drawn
 * independently.
 */
final class XenograftErrors {
    private static final int RESAMPLES = 2000;
    private static final String REFERENCE = "median";

    private final Setting<DualData> setting;
    private final List<Estimator> methods;
    private final Measurements measured;
    private final long seed;

    XenograftErrors(Setting<DualData> setting, List<Estimator> methods, Measurements measured, long seed) {
        this.setting = setting;
        this.methods = methods;
        this.measured = measured;
        this.seed = seed;
    }

    /** Sums over a patient's rows: squared and absolute errors, count. */
    private Map<String, double[]> byPatient(Estimator method) {
        Map<String, double[]> sums = new LinkedHashMap<>();
        for (Measurements.Row row : measured.of(setting).where(key -> key.method().equals(method.key())).rows()) {
            String[] patients = row.cells().text(DualWork.ROWS).split(" ");
            double[] squares = row.cells().numbers(DualWork.SQUARES);
            double[] absolutes = row.cells().numbers(DualWork.ABSOLUTES);
            double[] counts = row.cells().numbers(DualWork.COUNTS);
            for (int i = 0; i < patients.length; i++) {
                double[] of = sums.computeIfAbsent(patients[i], patient -> new double[3]);
                of[0] += squares[i];
                of[1] += absolutes[i];
                of[2] += counts[i];
            }
        }
        return sums;
    }

    private static double rmse(Map<String, double[]> sums, List<String> patients) {
        double squares = 0;
        double count = 0;
        for (String patient : patients) {
            squares += sums.get(patient)[0];
            count += sums.get(patient)[2];
        }
        return Math.sqrt(squares / count);
    }

    private static double absolute(Map<String, double[]> sums, List<String> patients) {
        double absolutes = 0;
        double count = 0;
        for (String patient : patients) {
            absolutes += sums.get(patient)[1];
            count += sums.get(patient)[2];
        }
        return absolutes / count;
    }

    Table table() {
        Map<String, Map<String, double[]>> all = new LinkedHashMap<>();
        methods.forEach(method -> all.put(method.key(), byPatient(method)));
        TreeSet<String> common = new TreeSet<>(all.values().iterator().next().keySet());
        all.values().forEach(sums -> common.retainAll(sums.keySet()));
        List<String> patients = List.copyOf(common);
        List<List<String>> rows = new ArrayList<>();
        for (Estimator method : methods) {
            Map<String, double[]> own = all.get(method.key());
            Map<String, double[]> reference = all.get(REFERENCE);
            rows.add(List.of(method.name(), Sample.number(rmse(own, patients)), interval(patients, drawn -> rmse(own, drawn)),
                    Sample.number(absolute(own, patients)), interval(patients, drawn -> absolute(own, drawn)),
                    reference == null ? "" : Sample.number(rmse(own, patients) - rmse(reference, patients)),
                    reference == null || reference == own ? "" : interval(patients, drawn -> rmse(own, drawn) - rmse(reference, drawn))));
        }
        return new Table("Xenografts", "Errors of the logarithm of the days until a tumor's volume has doubled, over all drugs, of "
                + patients.size()
                + " patients left out fold by fold; in brackets the middle 95 % of " + RESAMPLES + " bootstrap resamples of patients.",
                List.of("method", "RMSE", "interval", "mean absolute error", "interval", "RMSE minus the median's", "interval"), rows);
    }

    @FunctionalInterface
    private interface Figure {
        double of(List<String> patients);
    }

    /** The same resamples for all methods. */
    private String interval(List<String> patients, Figure figure) {
        RandomStream random = RandomStream.of(seed, "bootstrap");
        double[] figures = new double[RESAMPLES];
        for (int b = 0; b < RESAMPLES; b++) {
            List<String> drawn = new ArrayList<>();
            for (int i = 0; i < patients.size(); i++) {
                drawn.add(patients.get(random.nextInt(patients.size())));
            }
            figures[b] = figure.of(drawn);
        }
        Sample sample = new Sample(figures);
        return "[" + Sample.number(sample.quantile(0.025)) + ", " + Sample.number(sample.quantile(0.975)) + "]";
    }
}
