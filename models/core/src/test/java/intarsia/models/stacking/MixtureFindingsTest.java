package intarsia.models.stacking;

import static org.assertj.core.api.Assertions.assertThat;

import intarsia.models.Finding;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The sentence says what {@link StackingWeights} decided, and why. */
class MixtureFindingsTest {
    private static String sentence(Double gain, Double error, String... names) {
        List<StackedModel.Member> members = Arrays.stream(names).map(name -> new StackedModel.Member(name, 1.0 / names.length)).toList();
        StackedModel.Settings settings = new StackedModel.Settings(members, List.of(), 236, 8.91, gain, error, null, null,
                new Recalibration(Map.of(), null, null));
        return new MixtureFindings(settings, List.of("a", "b")).all().stream().filter(Finding.Text.class::isInstance)
                .map(Finding.Text.class::cast).map(Finding.Text::text).findFirst().orElseThrow();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "1 | 2 | gp alone: the simplest that is within one standard error of the best; mixing several would gain 1.0 +- 2.0 in deviance.",
        "-3 | 2 | gp alone: the simplest that is within one standard error of the best; mixing several would lose 3.0 +- 2.0 in deviance.",
        "2.2 | 1.1 | gp alone, which has all the weight in the best mixture; mixing is better than picking one by 2.2 +- 1.1 in "
                + "deviance, each judged on rows that it was not chosen on."})
    void oneModelIsTakenAlone(double gain, double error, String said) {
        assertThat(sentence(gain, error, "gp")).isEqualTo(said + "\n");
    }

    @Test
    void severalAreMixed() {
        assertThat(sentence(2.2, 1.1, "gp", "forest")).isEqualTo("a mixture of gp, forest; mixing is better than picking one by 2.2 +- 1.1 "
                + "in deviance, each judged on rows that it was not chosen on.\n");
    }
}
