package intarsia.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import intarsia.linalg.Engine;
import intarsia.linalg.KernelProvider;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The measurement of a device runs, in small, where there is one; its page says what was measured and what follows. */
class DeviceTest {
    @Test
    void everyFigureIsMeasured() throws Exception {
        KernelProvider opencl = Engine.providers().stream().filter(provider -> provider.name().equals("opencl")).findFirst().orElseThrow();
        assumeTrue(opencl.support().available(), opencl.support().why());
        List<Measurement> lines = new ArrayList<>();
        new DeviceFork("opencl", List.of(64), List.of(8), List.of(4), false, 1).run(lines::add);
        assertThat(lines).extracting(Measurement::value).allMatch(value -> value > 0);
        assertThat(lines).filteredOn(m -> m.series().equals("Intarsia")).extracting(Measurement::row).contains("F32 64");
        assertThat(lines).filteredOn(m -> m.suite().equals("device step")).extracting(m -> m.row() + ", " + m.series())
                .contains("F32 width 8 batch 4, device", "F32 width 8 batch 4, CPU, 2 threads");
        assertThat(lines).filteredOn(m -> m.suite().equals("device peak")).isNotEmpty();
    }

    @Test
    void thePageSaysWhereTheDeviceIsFaster() {
        BenchResults results = new BenchResults();
        results.add(new Measurement("device peak", "F32", "GFLOP/s", 100));
        results.add(new Measurement("device matmul", "F32 1000", "Intarsia", 40e6));
        results.add(new Measurement("device matmul", "F32 1000", "cuBLAS", 25e6));
        for (int batch : new int[] {32, 64, 128}) {
            results.add(new Measurement("device step", "F32 width 8 batch " + batch, "device", 5e4));
            results.add(new Measurement("device step", "F32 width 8 batch " + batch, DeviceFork.CPU, 1e3 * batch));
            results.add(new Measurement("device step", "F32 width 4 batch " + batch, "device", 5e4));
            results.add(new Measurement("device step", "F32 width 4 batch " + batch, DeviceFork.CPU, 1e2 * batch));
        }
        assertThat(new DeviceReport("a GPU", new MeasurementContext("a CPU", "today"), results).markdown().lines()).contains(
                "| F32 1000 | 50.0 | 50.0 % | 80.0 | 62.5 % |", "| F32 width 8 batch 64 | 50.0 | 64.0 | 1.28 |",
                "| F32 width 8 | from batch 64 |", "| F32 width 4 | never in these batches |");
    }

    @Test
    void timeIsThatOfARun() {
        int[] runs = new int[1];
        double nanos = Stopwatch.nanos(() -> runs[0]++, () -> { }, 1);
        assertThat(nanos).isPositive().isLessThan(1e6);
        assertThat(runs[0]).isGreaterThan(6);
    }
}
