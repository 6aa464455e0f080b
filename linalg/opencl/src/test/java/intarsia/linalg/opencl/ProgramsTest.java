package intarsia.linalg.opencl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import intarsia.linalg.DeviceException;
import intarsia.linalg.Precision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgramsTest {
    private static final String TWICE = "kernel void twice(global real *x) { x[get_global_id(0)] *= 2; }\n";
    private static final String THRICE = "kernel void thrice(global real *x) { x[get_global_id(0)] *= 3; }\n";

    private static Programs programs(Path folder) {
        Session session = OnDevice.session();
        return new Programs(session.device(), session.context(), Precision.F32, new ProgramCache(folder));
    }

    @Test
    void whatWasBuiltIsFoundByTheNextProcess(@TempDir Path folder) throws IOException {
        Programs first = programs(folder);
        long built = first.get(TWICE);
        assertThat(first.get(TWICE)).isEqualTo(built);
        Path file = only(folder);
        byte[] binary = Files.readAllBytes(file);
        Files.setLastModifiedTime(file, java.nio.file.attribute.FileTime.fromMillis(0));
        Cl.releaseKernel(Cl.kernel(programs(folder).get(TWICE), "twice"));
        assertThat(Files.getLastModifiedTime(file).toMillis()).as("not built again").isZero();
        assertThat(Files.readAllBytes(file)).isEqualTo(binary);
    }

    @Test
    void aDamagedFileIsPassedOver(@TempDir Path folder) throws IOException {
        programs(folder).get(TWICE);
        Files.writeString(only(folder), "nonsense");
        Cl.releaseKernel(Cl.kernel(programs(folder).get(TWICE), "twice"));
        assertThat(Files.size(only(folder))).as("replaced").isGreaterThan(100);
    }

    @Test
    void oneChangedByteIsDamage(@TempDir Path folder) throws IOException {
        ProgramCache cache = new ProgramCache(folder);
        assertThat(cache.load("key")).isEmpty();
        cache.save("key", () -> new byte[] {1, 2, 3});
        assertThat(cache.load("key")).hasValueSatisfying(bytes -> assertThat(bytes).containsExactly(1, 2, 3));
        byte[] file = Files.readAllBytes(only(folder));
        file[file.length - 1] = 4;
        Files.write(only(folder), file);
        assertThat(cache.load("key")).isEmpty();
        Files.write(only(folder), new byte[5]);
        assertThat(cache.load("key")).isEmpty();
    }

    @Test
    void aCacheThatCannotBeWrittenOrFilledIsDoneWithout(@TempDir Path folder) throws IOException {
        Path file = Files.createFile(folder.resolve("a file"));
        new ProgramCache(file.resolve("below")).save("key", () -> new byte[1]);
        assertThat(new ProgramCache(file.resolve("below")).load("key")).isEmpty();
        Cl.releaseKernel(Cl.kernel(programs(file.resolve("below")).get(TWICE), "twice"));
        new ProgramCache(folder).save("key", () -> {
            throw new DeviceException("no binary");
        });
        assertThat(only(folder)).isEqualTo(file);
    }

    private static Path only(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> all = files.toList();
            assertThat(all).hasSize(1);
            return all.getFirst();
        }
    }

    @Test
    void manySourcesAreOneProgram() {
        Programs programs = programs(null);
        programs.buildAll(List.of(TWICE, THRICE, TWICE));
        assertThat(programs.get(TWICE)).isEqualTo(programs.get(THRICE));
        Cl.releaseKernel(Cl.kernel(programs.get(TWICE), "thrice"));
    }

    @Test
    void whatDoesNotBuildShowsTheDriversLog() {
        Programs programs = programs(null);
        assertThatThrownBy(() -> programs.get("kernel void broken(global real *x) { x[0] = no_such_thing; }"))
                .isInstanceOf(DeviceException.class)
                .hasMessageContaining("clBuildProgram answered CL_BUILD_PROGRAM_FAILURE (-11)").hasMessageContaining("no_such_thing");
    }
}
