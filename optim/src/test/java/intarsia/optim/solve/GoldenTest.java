package intarsia.optim.solve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The golden values are what R gives today, where R and the packages are installed. */
class GoldenTest {
    @Test
    void theGoldenValuesAreThoseOfR() throws Exception {
        String packages = "for (p in c('survival', 'MASS', 'nnet', 'glmnet')) stopifnot(requireNamespace(p, quietly = TRUE)); cat('yes')";
        assumeThat(run("Rscript", "-e", packages).isEmpty()).as("Rscript with survival, MASS, nnet and glmnet is installed").isFalse();
        Path folder = Path.of(GoldenTest.class.getResource("/families/golden.R").toURI()).getParent();
        Map<String, double[]> now = Families.golden(run("Rscript", folder.resolve("golden.R").toString(), folder.toString()));
        assertThat(now).isNotEmpty();
        now.forEach((name, numbers) -> assertThat(numbers).as(name).containsExactly(Families.golden(name), within(1e-8)));
    }

    /** What a program printed; nothing where it is absent or fails. */
    private static List<String> run(String... command) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
            List<String> lines = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines().toList();
            return process.waitFor() == 0 ? lines : List.of();
        } catch (IOException e) {
            return List.of();
        }
    }
}
