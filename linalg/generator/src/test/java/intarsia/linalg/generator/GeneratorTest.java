package intarsia.linalg.generator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The generated sources are those that the generator writes today. */
class GeneratorTest {
    private static final Path ROOT = Path.of("../..");

    @Test
    void generatedSourcesAreUpToDate() throws IOException {
        Map<Path, String> sources = Generator.sources(ROOT);
        assertThat(Generator.present(ROOT)).as("run linalg/generator/run").isEqualTo(sources.keySet());
        for (Path file : sources.keySet()) {
            assertThat(Files.readString(ROOT.resolve(file))).as("%s; run linalg/generator/run", file).isEqualTo(sources.get(file));
        }
    }

    @Test
    void aTwinChangesTypesAndNamesOnly() {
        String source = """
                /** Sums of {@link Block64}, 64 at a time. */
                final class Sums64 {
                    double sum(DoubleVector v, Double one) {
                        double exact = 0; // F64 in both
                        return v.viewAsLongs() + Exact64.of(exact) + 0x64;
                    }
                }
                """;
        assertThat(Twins.of("Sums64.java", source)).isEqualTo(Map.of("Sums32.java", """
                /** Sums of {@link Block32}, 64 at a time. */
                final class Sums32 {
                    float sum(FloatVector v, Float one) {
                        double exact = 0; // F64 in both
                        return v.viewAsInts() + Exact32.of(exact) + 0x64;
                    }
                }
                """));
    }

    @Test
    void edgesHaveTwinsForNarrowVectorsToo() {
        Map<String, String> twins = Twins.of("MatMulEdge64.java", "class MatMulEdge64 { S = Width.F64; double x; }");
        assertThat(twins.keySet()).isEqualTo(Set.of("MatMulEdge32.java", "MatMulHalfEdge64.java", "MatMulHalfEdge32.java",
                "MatMulQuarterEdge64.java", "MatMulQuarterEdge32.java"));
        assertThat(twins.get("MatMulHalfEdge32.java")).isEqualTo("class MatMulHalfEdge32 { S = Width.HALF32; float x; }\n");
    }
}
