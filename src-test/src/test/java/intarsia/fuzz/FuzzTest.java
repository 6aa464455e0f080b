package intarsia.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import intarsia.linalg.Engine;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever is read from disk is refused in one line, or read as an independent reader reads it, and in time. Each kind of input is changed
 * 2,000 times; {@code ./build fuzz --minutes 60} changes them for an hour in all, from a first seed by the clock.
 */
class FuzzTest {
    private static final int CHANGES = 2_000;
    private static final int KINDS = 5;
    private static final double MINUTES = Double.parseDouble(System.getProperty("intarsia.fuzz.minutes", "0"));
    private static final long FIRST_SEED = Long.getLong("intarsia.fuzz.seed", MINUTES > 0 ? System.currentTimeMillis() : 0);

    @TempDir
    private static Path folder;

    private static Engine engine;
    private static StudyInputs study;
    private static ModelInputs models;

    @BeforeAll
    static void fitOnce() throws IOException {
        engine = Engine.open();
        study = new StudyInputs(folder);
        models = new ModelInputs(folder, study.study(), engine);
    }

    @AfterAll
    static void close() {
        engine.close();
    }

    @Test
    void studies() throws Exception {
        fuzz(study.studies());
    }

    @Test
    void filesOfAStudy() throws Exception {
        int before = study.compared();
        fuzz(study.files());
        assertThat(study.compared() - before).as("files compared with FastCSV").isGreaterThan(CHANGES / 20);
    }

    @Test
    void newRows() throws Exception {
        int before = study.compared();
        fuzz(study.rows(models));
        assertThat(study.compared() - before).as("files compared with FastCSV").isGreaterThan(CHANGES / 20);
    }

    @Test
    void modelFolders() throws Exception {
        fuzz(models.folders());
    }

    @Test
    void safetensors() throws Exception {
        fuzz(TensorInputs.bytes(folder));
    }

    private static void fuzz(Target target) throws Exception {
        for (Target.Start start : target.starts()) {
            start.reading().read(start.text());
        }
        long end = System.nanoTime() + (long) (MINUTES / KINDS * 60e9);
        try (Fuzzer fuzzer = new Fuzzer()) {
            long seed = FIRST_SEED;
            while (seed < FIRST_SEED + CHANGES || MINUTES > 0 && System.nanoTime() < end) {
                fuzzer.run(target, seed++);
            }
            System.out.println("fuzz: " + target + ": seeds " + FIRST_SEED + " to " + (seed - 1) + ", " + fuzzer.accepted() + " read, "
                    + fuzzer.refused() + " refused");
            assertThat(fuzzer.accepted()).as("inputs read").isGreaterThan(CHANGES / 40);
            assertThat(fuzzer.refused()).as("inputs refused").isGreaterThan(CHANGES / 20);
        }
    }
}
