package intarsia.generated;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The generated sources are what the generator makes today. {@code -Dintarsia.regenerate=true} writes them instead. */
class GeneratedSourcesTest {
    @Test
    void floatKernelsFollowTheDoubleOnes() throws IOException {
        Map<Path, String> expected = FloatSources.generate(Path.of("..").toAbsolutePath().normalize());
        assertThat(expected).isNotEmpty();
        for (var entry : expected.entrySet()) {
            if (Boolean.getBoolean("intarsia.regenerate")) {
                Files.createDirectories(entry.getKey().getParent());
                Files.writeString(entry.getKey(), entry.getValue());
            }
            assertThat(entry.getKey()).exists();
            assertThat(Files.readString(entry.getKey())).as("%s, made again by -Dintarsia.regenerate=true", entry.getKey().getFileName())
                    .isEqualTo(entry.getValue());
        }
    }
}
