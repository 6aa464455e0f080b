package intarsia.models.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import intarsia.models.Estimator;
import intarsia.models.baseline.MeanPredictor;
import intarsia.models.report.Table;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

class ComparisonsTest {
    private static final Setting<Void> SETTING = new Setting<>("d", "Sizes", "n", "n", List.of(1.0, 2.0, 4.0), n -> null);
    private static final Estimator OURS = new MeanPredictor().named("ours", "Ours: long name");
    private static final Estimator THEIRS = new MeanPredictor().named("theirs", "Theirs");
    private static final StudyPlan<Void> PLAN = new StudyPlan<>("comparisons", List.of("error"),
            Item.crossed(List.of(SETTING), List.of(OURS, THEIRS), 8),
            (item, pool) -> new ItemCells());

    private static Comparisons comparisons(ToDoubleFunction<Item.Key> error) {
        return new Comparisons(PLAN, new Measurements(PLAN.items().stream().map(Item::key).map(key -> new Measurements.Row(key,
                new ItemCells().number("error", error.applyAsDouble(key)), new Timing(2, 1))).toList()));
    }

    /** Ours is 1 / value, with a part of the replicate that both methods have; theirs is constant but for that part and a little noise. */
    private static double error(Item.Key key) {
        double replicate = 0.01 * key.replicate();
        return replicate + (key.method().equals("ours") ? 1 / key.value() : 0.3 + 0.001 * ((key.replicate() * 5 + (int) key.value()) % 7));
    }

    @Test
    void aTrendIsTheSignOfRankCorrelationsOverReplicates() {
        Measurements measured = comparisons(ComparisonsTest::error).measured();
        Trend falling = Trend.of(measured, SETTING, OURS, "error");
        assertThat(falling.correlation()).isEqualTo(-1, within(1e-15));
        assertThat(falling.probability()).isEqualTo(2.0 / 256);
        assertThat(falling.found()).isEqualTo("falls");
        assertThat(falling.steps()).isEqualTo("2 of 2");
        assertThat(falling.means().getLast()).isEqualTo(0.25 + 0.045, within(1e-12));
        assertThat(Trend.of(measured, SETTING, THEIRS, "error").found()).isEqualTo("no trend");
        // A replicate that lacks a value is left out.
        Trend fewer = Trend.of(measured.where(key -> key.replicate() != 3 || key.value() != 2), SETTING, OURS, "error");
        assertThat(fewer.replicates()).isEqualTo(7);
        assertThat(Trend.of(new Measurements(List.of()), SETTING, OURS, "error").found()).isEqualTo("not measured");
    }

    @Test
    void aStandingCountsCellsAndNamesWhereTheReferenceIsNotBetter() {
        Comparisons compare = comparisons(ComparisonsTest::error);
        List<PairedWins> all = compare.against(OURS, "error");
        assertThat(all).hasSize(1);
        PairedWins standing = all.getFirst();
        // 1, 1/2 and 1/4 against 0.3: better in the last cell only; 2 / 2^8 for eight replicates of one sign, times 3 after correction.
        assertThat(standing.better()).isEqualTo(1);
        assertThat(standing.significantlyWorse()).isEqualTo(2);
        assertThat(standing.cells()).allSatisfy(cell -> assertThat(cell.holm()).isEqualTo(3 * 2.0 / 256, within(1e-15)));
        assertThat(standing.sentence("error"))
                .isEqualTo("Ours's mean error is below that of Theirs in 1 of 3 cells, significantly in 1, after correction in 1. "
                + "Not below in d 1 (+0.697, p 0.008), d 2 (+0.197, p 0.008).");
        assertThat(compare.standings(OURS, "error").rows()).containsExactly(List.of("Theirs", "Sizes", "1 of 3", "1", "1", "2", "0.008"));
    }

    @Test
    void tablesSayWhatIsMeasured() {
        Comparisons compare = comparisons(ComparisonsTest::error);
        assertThat(compare.means(SETTING, "error", "").rows()).hasSize(3).first().isEqualTo(List.of("1", "1.045 (0.024)", "0.348 (0.024)"));
        assertThat(compare.effort().rows()).first().isEqualTo(List.of("Ours: long name", "24", "2.00", "1.00"));
        Table trends = compare.trends("error", setting -> "falls");
        assertThat(trends.rows().getFirst()).containsExactly("d: n from 1 to 4", "Ours", "8", "1.045 to 0.295", "2 of 2", "-1.00", "0.008",
                "falls", "falls");
        assertThat(trends.html()).contains("<tr class=\"new\"><td>d: n from 1 to 4</td>", "<td class=\"n\">-1.00</td>");
        assertThat(compare.paired(SETTING, OURS, "error").markdown()).contains("| 4 | Theirs | 8 | -0.053 | 8 of 8 |").contains("--:");
    }
}
