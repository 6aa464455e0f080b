package intarsia.models.study.hmb;

import intarsia.models.Estimator;
import intarsia.models.report.Table;
import intarsia.models.simulation.BlockMissing;
import intarsia.models.study.Choices;
import intarsia.models.study.Comparisons;
import intarsia.models.study.Measurements;
import intarsia.models.study.PairedTest;
import intarsia.models.study.PairedWins;
import intarsia.models.study.Sample;
import intarsia.models.study.Setting;
import intarsia.models.study.Trend;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/** What the paper says, and what was found. */
final class HmbClaims {
    static final String REFERENCE = "mtl-hmb";

    private static final String FALLS = "falls";
    private static final String RISES = "rises";

    /** Section 4.1 and figure 6; the ablations' sample size as setting D's. */
    private static final Map<String, String> TRENDS = Map.of("A", FALLS, "B", FALLS, "C", RISES, "D", FALLS, "E", RISES, "F", RISES,
            "tasks", RISES,
            "ablation", FALLS);

    /** Appendix A.3: the left has the lower RMSE. */
    private static final List<List<String>> ORDER = List.of(List.of(REFERENCE, "ablation-3"), List.of(REFERENCE, "ablation-2"),
            List.of(REFERENCE, "ablation-1"),
            List.of("ablation-3", "ablation-2"), List.of("ablation-3", "ablation-1"), List.of("ablation-3", "stl"),
                    List.of("ablation-2", "stl"),
            List.of("ablation-1", "stl"), List.of("stl", "htl"));

    private final HmbStudy study;
    private final Measurements measured;
    private final Comparisons compare;

    HmbClaims(HmbStudy study, Measurements measured) {
        this.study = study;
        this.measured = measured;
        this.compare = new Comparisons(study.plan(), measured);
    }

    private Optional<Estimator> method(String key) {
        return study.methods().stream().filter(method -> method.key().equals(key)).findFirst();
    }

    Optional<Estimator> reference() {
        return method(REFERENCE);
    }

    /** What was found in sentences, the order of methods first. */
    List<String> summary() {
        List<String> said = new ArrayList<>();
        reference().ifPresent(reference -> {
            compare.against(reference, HmbWork.RMSE).forEach(standing -> said.add(standing.sentence("RMSE")));
            if (!said.isEmpty()) {
                said.add(PairedWins.SIGNIFICANT);
            }
            levels(reference, Reported.RELEASED, HmbWork.BATCH,
                    "the authors' released notebooks (by their figure, the mean of batch RMSEs)").ifPresent(said::add);
            levels(reference, Reported.PAPER, HmbWork.RMSE, "the paper").ifPresent(said::add);
            trend(reference).ifPresent(said::add);
        });
        return said;
    }

    /** How far from what others reported, over all cells that have a mean of theirs. */
    private Optional<String> levels(Estimator method, String source, String column, String whose) {
        record Level(String cell, double difference, double distance) {}
        List<Level> levels = new ArrayList<>();
        for (Setting<BlockMissing> setting : study.settings()) {
            for (double value : setting.values()) {
                Sample sample = measured.of(setting, value, method).sample(column);
                Reported.find(setting, value, method, source).filter(reported -> sample.size() > 1).ifPresent(reported ->
                        levels.add(new Level(setting.key() + " " + Setting.text(value), sample.mean() - reported.mean(),
                                sample.distance(reported.mean(), reported.sd(), reported.replicates()))));
            }
        }
        if (levels.isEmpty()) {
            return Optional.empty();
        }
        List<Level> above = levels.stream().filter(level -> level.difference > 0)
                .sorted(Comparator.comparingDouble(level -> -level.distance)).toList();
        String which = above.stream().map(level -> String.format(Locale.ROOT, "%s (%+.3f, %+.1f)", level.cell, level.difference,
                level.distance))
                .collect(Collectors.joining(", "));
        return Optional.of(method.name() + "'s mean is at or below that of " + whose + " in " + (levels.size() - above.size()) + " of "
                + levels.size()
                + " cells." + (above.isEmpty() ? "" : " Above it, by how much and by how many standard errors of the difference: " + which
                        + "."));
    }

    private Optional<String> trend(Estimator method) {
        List<String> found = new ArrayList<>();
        for (Setting<BlockMissing> setting : study.settings()) {
            Trend trend = setting.values().size() < 2 ? null : Trend.of(measured, setting, method, HmbWork.RMSE);
            if (trend != null && trend.replicates() > 0) {
                String published = published(setting);
                found.add(setting.symbol() + " (" + setting.key() + "): " + trend.found() + " (p " + PairedTest.text(trend.probability())
                        + (published.isEmpty() ? "" : trend.found().equals(published) ? ", as published" : "; published: " + published)
                                + ")");
            }
        }
        return found.isEmpty() ? Optional.empty() : Optional.of(method.name() + "'s RMSE along " + String.join(", ", found) + ".");
    }

    private static String published(Setting<?> setting) {
        return TRENDS.getOrDefault(setting.key(), "");
    }

    /** The tables about all settings. */
    List<Table> tables() {
        List<Table> tables = new ArrayList<>();
        reference().filter(method -> study.methods().size() > 1).ifPresent(method -> tables.add(compare.standings(method, HmbWork.RMSE)));
        tables.add(compare.trends(HmbWork.RMSE, HmbClaims::published));
        study.settings().stream().filter(setting -> setting.key().equals("ablation")).findFirst().ifPresent(setting -> {
            tables.add(order(setting));
            tables.add(pairs(setting));
        });
        return tables.stream().filter(table -> !table.rows().isEmpty()).toList();
    }

    private Table order(Setting<BlockMissing> setting) {
        List<List<String>> rows = new ArrayList<>();
        for (double value : setting.values()) {
            rows.add(List.of(Setting.text(value), study.methods().stream().filter(method -> !Double.isNaN(mean(setting, value, method)))
                    .sorted(Comparator.comparingDouble(method -> mean(setting, value, method)))
                    .map(method -> Choices.shortName(method) + " " + Sample.number(mean(setting, value, method)))
                            .collect(Collectors.joining(" < "))));
        }
        return new Table("Order of the ablations", "Methods by their mean RMSE. Published (figure 8 and appendix A.3): MTL-HMB before "
                + "ablation 3 before ablations 2 and 1, these before STL, HTL last.",
                List.of(setting.symbol(), "from the lowest mean RMSE to the highest"),
                        rows);
    }

    private double mean(Setting<?> setting, double value, Estimator method) {
        return measured.of(setting, value, method).sample(HmbWork.RMSE).mean();
    }

    private Table pairs(Setting<BlockMissing> setting) {
        List<List<String>> rows = new ArrayList<>();
        ORDER.stream().map(pair -> pair.stream().map(key -> method(key).orElse(null)).filter(Objects::nonNull).toList())
                .filter(pair -> pair.size() == 2)
                .forEach(pair -> {
                    for (PairedWins.Cell cell : PairedWins.of(measured, List.of(setting), pair.get(0), pair.get(1), HmbWork.RMSE).cells()) {
                        rows.add(List.of(Choices.shortName(pair.get(0)) + " < " + Choices.shortName(pair.get(1)),
                                Setting.text(cell.value()),
                                String.format(Locale.ROOT, "%+.3f", cell.test().difference()), cell.test().smaller() + " of "
                                        + cell.test().pairs(),
                                PairedTest.text(cell.test().signedRank()), verdict(cell.test())));
                    }
                });
        return new Table("What is published about the ablations, pair by pair",
                "Difference of mean RMSEs, replicates in which the first is lower, p-value of "
                + "Wilcoxon's signed-rank test.", List.of("published", setting.symbol(), "difference", "lower", "p", "found"), rows);
    }

    private static String verdict(PairedTest test) {
        return test.signedRank() >= 0.05 ? "not told apart" : test.difference() < 0 ? "as published" : "the other way";
    }
}
