package intarsia.models.study.tenmtl;

import intarsia.models.data.TaskSet;
import intarsia.models.selection.Tuned;
import intarsia.models.simulation.CoupledCoefficients;
import intarsia.models.simulation.TuckerCoefficients;
import intarsia.models.simulation.TuckerCoefficients.Scenario;
import intarsia.models.study.Setting;
import intarsia.models.tenmtl.TenMtl;
import intarsia.models.tenmtl.TensorForm;
import intarsia.models.tenmtl.TuckerRanks;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The study's settings. Simulated: each scenario by heterogeneity where rows are scarce, by rows where individuals differ strongly, and how
 * its parameters are recovered as rows grow, and which ranks are chosen; ranks, penalties and starts; several modalities. Real: both scores
 * of Parkinson's telemonitoring, with columns as they come and with a piecewise linear course of time.
 */
public final class TenMtlSettings {
    /** Columns as they come: time and voice as one vector. */
    private static final TensorForm PLAIN = new TensorForm(List.of(), Map.of());
    /** (1, time, hinges about the visit at three months) o (1, voice). */
    private static final TensorForm HINGES = new TensorForm(List.of(List.of("time"), List.of("voice")),
            Map.of("test_time", List.of(77.0, 84.0, 91.0, 98.0, 105.0, 112.0)));
    private static final double TEST_SHARE = 0.3;

    /** Ends the keys of settings that show how planted parameters are recovered. */
    static final String RECOVERY = "-recovery";

    /** Ends the keys of settings in which ranks are chosen in two ways. */
    static final String CHOICE = "-choice";

    /** The setting whose responses are classes. */
    static final String CLASSES = "classes";

    /** Ends the keys of settings that try what the paper may have done. */
    static final String READINGS = "-readings";

    /** Begins the keys of settings in which individuals have several modalities. */
    static final String COUPLED = "coupled";

    private TenMtlSettings() {}

    /** Those that need no data. */
    public static List<Setting<Trial>> simulated() {
        List<Setting<Trial>> settings = new ArrayList<>();
        String[] keys = {"I", "II", "III"};
        String[] titles = {"individuals differ in their coordinates", "individuals differ in the core", "sparse factors"};
        for (Scenario scenario : Scenario.values()) {
            String key = keys[scenario.ordinal()];
            String title = "Scenario " + key + ", " + titles[scenario.ordinal()] + ": ";
            TuckerCoefficients simulation = TuckerCoefficients.of(scenario);
            settings.add(new Setting<>(key + "-beta", title + "heterogeneity, rows scarce", "beta", "\u03b2u", List.of(0.0, 0.5, 1.0),
                    beta -> trial(key, simulation.beta(beta))));
            settings.add(new Setting<>(key + "-n", title + "rows of each individual, strongly different", "n", "n",
                    List.of(15.0, 30.0, 60.0, 120.0), n -> trial(key, simulation.rows((int) n))));
            Tuned truth = candidates(List.of(trueRanks(scenario)), List.of(0.0));
            settings.add(new Setting<>(key + RECOVERY, title + "TenMTL at the true ranks", "n", "n",
                    List.of(15.0, 30.0, 60.0, 120.0, 240.0, 480.0), n -> new Trial(key, Trial.simulated(simulation.rows((int) n)), truth)));
            settings.add(new Setting<>(key + CHOICE, title + "ranks chosen by validation or by BIC", "n", "n", List.of(15.0, 30.0, 60.0),
                    n -> new Trial(key, Trial.simulated(simulation.rows((int) n)),
                            candidates(grid(simulation.sizes().size()), List.of(0.0)),
                            trueRanks(scenario))));
        }
        Tuned byClass = candidates(List.of(TuckerRanks.of(0, 2, 2, 2), TuckerRanks.of(1, 2, 2, 2), TuckerRanks.of(2, 2, 2, 2),
                TuckerRanks.of(3, 3, 3, 2)), List.of(0.0));
        settings.add(new Setting<>(CLASSES, "Three classes of matrices", "n", "n", List.of(15.0, 30.0, 60.0, 120.0),
                n -> new Trial(CLASSES, ClassTrials.simulated((int) n), byClass)));
        TuckerCoefficients vectors = TuckerCoefficients.of(Scenario.INDIVIDUALS).rows(30);
        settings.add(new Setting<>("rank", "Scenario I: ranks (2 and 3 are true)", "rank", "R0 = R1", whole(1, 8),
                rank -> new Trial("I", Trial.simulated(vectors), fixed((int) rank, (int) rank))));
        TuckerCoefficients sparse = TuckerCoefficients.of(Scenario.SPARSE);
        settings.add(new Setting<>("penalty", "Scenario III: lasso weight at the true ranks", "lasso", "\u03bb",
                List.of(0.0, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0),
                lasso -> new Trial("III", Trial.simulated(sparse), candidates(List.of(TuckerRanks.of(2, 2, 2)), List.of(lasso)))));
        settings.add(new Setting<>("starts", "Random starts, by scenario", "scenario", "scenario", whole(1, 3), number -> {
            Scenario scenario = Scenario.values()[(int) number - 1];
            return new Trial(keys[scenario.ordinal()], Trial.simulated(TuckerCoefficients.of(scenario)),
                    scenario == Scenario.INDIVIDUALS ? fixed(2, 3) : fixed(2, 2, 2));
        }));
        CoupledCoefficients coupled = CoupledCoefficients.standard();
        String title = "Vector of 12, matrices of 8 x 6 and 12 x 10: ";
        settings.add(new Setting<>(COUPLED, title + "individuals that lack the second or the third, 30 rows each", "missing",
                "share missing", List.of(0.0, 0.25, 0.5, 0.75), share -> coupled(coupled.missing(share))));
        settings.add(new Setting<>(COUPLED + "-n", title + "rows of each individual, half of them lack the second or the third", "n", "n",
                List.of(15.0, 30.0, 60.0, 120.0), n -> coupled(coupled.missing(0.5).rows((int) n))));
        return settings;
    }

    /** Ranks 2 are true; taken as one vector, 3. */
    private static Trial coupled(CoupledCoefficients simulation) {
        return new Trial(COUPLED, Trial.coupled(simulation), candidates(IntStream.rangeClosed(1, 4).mapToObj(TuckerRanks::upTo).toList(),
                List.of(0.0)));
    }

    /**
     * Those of Parkinson's telemonitoring.
     *
     * @param total the data with total_UPDRS as response, sources "time" and "voice"
     * @param motor the same with motor_UPDRS
     */
    public static List<Setting<Trial>> parkinsons(TaskSet total, TaskSet motor) {
        Tuned plain = candidates(List.of(TuckerRanks.of(2, 2), TuckerRanks.of(8, 8)), List.of(0.0, 0.03, 0.05, 0.08, 0.12));
        Tuned hinges = candidates(List.of(TuckerRanks.of(6, 6, 1), TuckerRanks.of(8, 8, 1)), List.of(0.0));
        return List.of(
                patients("total", "total UPDRS, columns as they come", total, PLAIN, plain),
                patients("motor", "motor UPDRS, columns as they come", motor, PLAIN, plain),
                patients("total-time", "total UPDRS, piecewise linear in time", total, HINGES, hinges),
                patients("motor-time", "motor UPDRS, piecewise linear in time", motor, HINGES, hinges),
                readings("total", total),
                readings("motor", motor),
                new Setting<>("total-rank", "Parkinson's, total UPDRS, columns as they come: ranks", "rank", "R0 = R1", whole(1, 10),
                        rank -> new Trial("total", Trial.split(total, PLAIN, TEST_SHARE), fixed((int) rank, (int) rank))),
                new Setting<>("total-time-rank", "Parkinson's, total UPDRS, piecewise linear in time: ranks", "rank", "R0 = R1, R2 = 1",
                        whole(1, 8), rank -> new Trial("total", Trial.split(total, HINGES, TEST_SHARE), fixed((int) rank, (int) rank, 1))),
                new Setting<>("total-starts", "Parkinson's, total UPDRS: random starts; 1 columns as they come, 2 piecewise "
                        + "linear in time", "form", "form", whole(1, 2),
                        form -> new Trial("total", Trial.split(total, form == 1 ? PLAIN : HINGES, TEST_SHARE),
                                form == 1 ? fixed(3, 3) : fixed(6, 6, 1))));
    }

    private static Setting<Trial> patients(String key, String title, TaskSet data, TensorForm form, Tuned tenMtl) {
        return new Setting<>(key, "Parkinson's: " + title, "share", "share held out", List.of(TEST_SHARE),
                share -> new Trial(key.replace("-time", ""), Trial.split(data, form, share), tenMtl));
    }

    private static Setting<Trial> readings(String score, TaskSet data) {
        return new Setting<>(score + READINGS, "Parkinson's, " + score + " UPDRS: what the paper may have done", "reading", "reading",
                whole(1, Reading.values().length), number -> Reading.of(number).trial(score, data));
    }

    private static Trial trial(String key, TuckerCoefficients simulation) {
        List<TuckerRanks> ranks = simulation.sizes().size() == 1
                ? List.of(TuckerRanks.of(0, 3), TuckerRanks.of(1, 2), TuckerRanks.of(2, 3), TuckerRanks.of(3, 4))
                : List.of(TuckerRanks.of(0, 2, 2), TuckerRanks.of(1, 2, 2), TuckerRanks.of(2, 2, 2), TuckerRanks.of(3, 3, 3));
        return new Trial(key, Trial.simulated(simulation), candidates(ranks, List.of(0.0, 0.05)));
    }

    /** The individuals' rank does not count the common column; in II each of the core's four numbers differs by itself. */
    private static TuckerRanks trueRanks(Scenario scenario) {
        return switch (scenario) {
            case INDIVIDUALS -> TuckerRanks.of(2, 3);
            case CORE -> TuckerRanks.of(4, 2, 2);
            case SPARSE -> TuckerRanks.of(2, 2, 2);
        };
    }

    /** Individual ranks 0 to 4 with predictor ranks up to 5 (vectors) or 3 (matrices), but for those above the product of the others. */
    private static List<TuckerRanks> grid(int modes) {
        List<TuckerRanks> grid = new ArrayList<>();
        for (int individual = 0; individual <= 4; individual++) {
            for (int rank = 1; rank <= (modes == 1 ? 5 : 3); rank++) {
                int cells = modes == 1 ? rank : rank * rank;
                if (individual <= cells && (modes > 1 || rank <= individual + 1)) {
                    grid.add(modes == 1 ? TuckerRanks.of(individual, rank) : TuckerRanks.of(individual, rank, rank));
                }
            }
        }
        return grid;
    }

    private static Tuned fixed(int... ranks) {
        return candidates(List.of(TuckerRanks.of(ranks[0], Arrays.copyOfRange(ranks, 1, ranks.length))), List.of(0.0));
    }

    /** Individuals are tensors already: the form plays no part. */
    private static Tuned candidates(List<TuckerRanks> ranks, List<Double> lassos) {
        return TenMtl.tuned(TensorForm.AS_GIVEN, ranks, lassos, 0);
    }

    private static List<Double> whole(int from, int to) {
        return IntStream.rangeClosed(from, to).mapToObj(i -> (double) i).toList();
    }
}
