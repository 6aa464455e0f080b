package intarsia.models.simulation;

import intarsia.linalg.Elementary;
import intarsia.linalg.RandomStream;
import intarsia.models.data.Source;
import intarsia.models.data.Task;
import intarsia.models.data.TaskSet;
import intarsia.models.response.Survival;
import java.util.ArrayList;
import java.util.List;

/**
 * Time to relapse at three clinics, the third of which has no laboratory: proportional hazards with a known truth. The simulation is ours.
 *
 * <pre>
 * z ~ N(0, I),  x = mean + deviation z, rounded as a clinic writes it
 * eta = sum_j effect_j z_j + own_t z_1                z again from the rounded x
 * T = scale_t (E exp(-eta))^(1 / shape_t),  E ~ Exp(1)       a Weibull hazard of each clinic's own
 * C ~ U(6, 60) months,  time = min(T, C),  event = T &lt;= C
 * </pre>
 *
 * <p>Times are months, rounded up to a tenth.
 */
public record CensoredClinics() {
    /** What is seen of every patient, and what only a laboratory says. */
    private static final List<Measured> EXAM = List.of(new Measured("age", 62, 9, 1, 0.35), new Measured("tumor_size", 4.2, 1.3, 10, 0.6),
            new Measured("weight_loss", 5, 3, 10, 0.3), new Measured("pulse", 76, 10, 1, 0));
    private static final List<Measured> LABS = List.of(new Measured("albumin", 3.9, 0.4, 10, -0.5), new Measured("hemoglobin", 13.1, 1.4,
            10, -0.2), new Measured("platelets", 260, 70, 1, 0), new Measured("log_crp", 1.2, 1, 100, 0.4));
    private static final List<Clinic> CLINICS = List.of(new Clinic("north", 160, 30, 1.1, 0.1, true), new Clinic("south", 110, 22,
            0.9, -0.1, true), new Clinic("harbor", 70, 26, 1.3, 0, false));
    private static final double SHORTEST = 6;
    private static final double LONGEST = 60;
    private static final double TENTHS = 10;

    /** A column: its distribution, parts of a unit to which it is rounded, the effect of a standard deviation on the log hazard. */
    private record Measured(String name, double mean, double deviation, double parts, double effect) {}

    /** A task: its rows, the scale and shape of its hazard, what the first column's effect has of its own, whether it has a laboratory. */
    private record Clinic(String name, int rows, double scale, double shape, double own, boolean labs) {}

    /** The study, each task drawn from the stream of its name; survival is predicted at one, two and three years. */
    public TaskSet draw(RandomStream random) {
        TaskSet.Builder data = TaskSet.builder();
        CLINICS.forEach(clinic -> data.task(task(clinic, random.child(clinic.name))));
        return data.build();
    }

    private static Task task(Clinic clinic, RandomStream random) {
        List<Measured> measured = new ArrayList<>(EXAM);
        measured.addAll(LABS);
        double[][] exam = new double[clinic.rows][EXAM.size()];
        double[][] labs = new double[clinic.rows][LABS.size()];
        double[] responses = new double[3 * clinic.rows];
        List<String> names = new ArrayList<>();
        for (int i = 0; i < clinic.rows; i++) {
            double eta = 0;
            for (int j = 0; j < measured.size(); j++) {
                Measured of = measured.get(j);
                double cell = Math.rint((of.mean + of.deviation * random.nextGaussian()) * of.parts) / of.parts;
                eta += (of.effect + (j == 0 ? clinic.own : 0)) * (cell - of.mean) / of.deviation;
                (j < EXAM.size() ? exam : labs)[i][j < EXAM.size() ? j : j - EXAM.size()] = cell;
            }
            double log = Elementary.log(-Elementary.log(1 - random.nextDouble())) - eta;
            double relapse = clinic.scale * Elementary.exp(log / clinic.shape);
            double censored = SHORTEST + (LONGEST - SHORTEST) * random.nextDouble();
            responses[3 * i] = Math.max(1, Math.ceil(Math.min(relapse, censored) * TENTHS)) / TENTHS;
            responses[3 * i + 1] = relapse <= censored ? 1 : 0;
            names.add(clinic.name + "-" + (i + 1));
        }
        Task.Builder task = Task.of(clinic.name, new Survival(List.of(12.0, 24.0, 36.0))).rows(names).block(source("exam", EXAM), exam);
        return (clinic.labs ? task.block(source("labs", LABS), labs) : task).response(responses);
    }

    private static Source source(String name, List<Measured> columns) {
        return Source.of(name, columns.stream().map(Measured::name).toArray(String[]::new));
    }
}
