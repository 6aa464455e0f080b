package intarsia.models.study.tenmtl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import intarsia.linalg.RandomStream;
import intarsia.models.Estimator;
import intarsia.models.baseline.Regression;
import intarsia.models.study.ItemCells;
import intarsia.models.study.Choices;
import intarsia.models.study.Item;
import intarsia.models.study.Setting;
import java.util.List;
import org.junit.jupiter.api.Test;

class TenMtlStudyTest {
    private static final List<Estimator> METHODS = TenMtlStudy.allMethods();

    private static Setting<Trial> setting(String key) {
        return Choices.find("setting", key, TenMtlSettings.simulated(), Setting::key);
    }

    private static ItemCells measure(String setting, double value, Estimator method) {
        return new TenMtlWork(1).measure(new Item<>(setting(setting), value, 1, method), 1);
    }

    private static List<Item<Trial>> items(String setting, double value, int replicates) {
        return new TenMtlStudy(List.of(setting(setting).at(List.of(value))), METHODS, replicates, 20, 1).plan("").items();
    }

    @Test
    void settingsOfTenMtlAloneHaveNoOtherMethod() {
        assertThat(items("I-n", 15, 2)).hasSize(14);
        assertThat(items("III-recovery", 15, 2)).extracting(item -> item.method().key()).containsExactly("tenmtl", "tenmtl");
        assertThat(items("penalty", 0.1, 2)).extracting(item -> item.method().key()).containsExactly("tenmtl", "tenmtl");
        assertThat(items("starts", 2, 2)).extracting(item -> item.method().key()).containsExactly("tenmtl-20-starts");
        assertThat(items("II-choice", 15, 1)).extracting(item -> item.method().key()).containsExactly("tenmtl", "tenmtl-bic");
    }

    @Test
    void tenMtlIsFittedWithTheTrialsCandidatesAndTheMethodsSearch() {
        ItemCells penalized = measure("penalty", 0.1, METHODS.getFirst());
        assertThat(penalized.text(TenMtlWork.CHOSEN)).isEqualTo("individual rank 2; predictor ranks 2, 2; lasso 0.1");
        assertThat(penalized.text(TenMtlWork.ENDS)).isEmpty();
        ItemCells starts = measure("starts", 2, items("starts", 2, 1).getFirst().method());
        double[] ends = starts.numbers(TenMtlWork.ENDS);
        assertThat(starts.text(TenMtlWork.CHOSEN)).isEqualTo("individual rank 2; predictor ranks 2, 2; lasso 0.0");
        assertThat(ends).hasSize(21).contains(0.0);
        assertThat(starts.numbers(TenMtlWork.DISTANCES)).hasSize(21).contains(0.0);
        assertThat(starts.number(TenMtlWork.VIOLATION)).isBetween(0.0, 1e-3);
        for (double end : ends) {
            assertThat(end).isNotNegative();
        }
    }

    @Test
    void whatIsCommonSufficesWhereIndividualsAreTheSame() {
        assertThat(measure("I-beta", 0, METHODS.getFirst()).text(TenMtlWork.CHOSEN)).startsWith("individual rank 0;");
        ItemCells different = measure("I-n", 60, METHODS.getFirst());
        assertThat(different.text(TenMtlWork.CHOSEN)).doesNotStartWith("individual rank 0;");
        double local = measure("I-n", 60, Choices.find("method", "local-ridge", METHODS, Estimator::key)).number(TenMtlWork.RMSE);
        assertThat(different.number(TenMtlWork.RMSE)).isBetween(0.5, 0.9 * local);
    }

    @Test
    void ranksAreChosenByValidationOrByBic() {
        for (Item<Trial> item : items("III-choice", 60, 1)) {
            ItemCells cells = new TenMtlWork(1).measure(item, 1);
            boolean truth = cells.text(TenMtlWork.CHOSEN).startsWith("individual rank 2; predictor ranks 2, 2;");
            assertThat(cells.number(TenMtlWork.TRUE_RANKS)).as(item.method().name()).isEqualTo(truth ? 1 : 0);
            assertThat(cells.number(TenMtlWork.ERROR)).isBetween(0.05, 0.5);
        }
        assertThat(measure("penalty", 0.1, METHODS.getFirst()).text(TenMtlWork.TRUE_RANKS)).isEmpty();
    }

    @Test
    void severalModalitiesAreSeenAsTheMethodSays() {
        List<Item<Trial>> items = items("coupled", 0.75, 1);
        assertThat(items).extracting(item -> item.method().key()).containsExactly("tenmtl", "tenmtl-joined", "tenmtl-only-1",
                "tenmtl-only-2", "tenmtl-only-3", "local-ridge", "global");
        ItemCells coupled = new TenMtlWork(1).measure(items.getFirst(), 1);
        ItemCells vector = new TenMtlWork(1).measure(items.get(2), 1);
        assertThat(coupled.number(TenMtlWork.ERROR)).isBetween(0.1, 1.0);
        assertThat(vector.text(TenMtlWork.ERROR)).isEmpty();
        assertThat(coupled.number(TenMtlWork.MEASURED)).isLessThan(vector.number(TenMtlWork.MEASURED));
        assertThat(items("coupled", 0, 1).getFirst().source().data().draw(RandomStream.of(1)).measured()).isEmpty();
    }

    @Test
    void anItemMeasuredAgainGivesTheSameCells() {
        for (Estimator method : List.of(METHODS.getFirst(), Choices.find("method", "lr-tucker-local", METHODS, Estimator::key))) {
            ItemCells once = measure("II-beta", 0.5, method);
            ItemCells again = measure("II-beta", 0.5, method);
            assertThat(TenMtlWork.COLUMNS).allSatisfy(column -> assertThat(again.text(column)).isEqualTo(once.text(column)));
        }
    }

    @Test
    void refusesAMethodThatIsNotPersonal() {
        assertThatThrownBy(() -> measure("I-beta", 1, Regression.DEFAULT)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("method 'regression': only TenMTL and its baselines can be compared");
    }
}
