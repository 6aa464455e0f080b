package intarsia.linalg.opencl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import intarsia.linalg.DeviceException;
import intarsia.linalg.Engine;
import intarsia.linalg.Precision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OpenClKernelProviderTest {
    /** Says whether there is a device, then tries to open an engine on it, then one that may fall back. */
    static final class Probe {
        private Probe() {}

        public static void main(String[] arguments) {
            System.out.println(new OpenClKernelProvider().support());
            try {
                Engine.options().kernels("opencl").open();
            } catch (IllegalArgumentException e) {
                System.out.println(e.getMessage());
            }
            try (Engine engine = Engine.options().kernels("opencl").ifUnavailable(Engine.IfUnavailable.FALLBACK).open()) {
                System.out.println(engine.describe().lines().findFirst().orElseThrow());
            }
        }
    }

    private static List<String> probe(Map<String, String> environment, String... options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC"));
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Probe.class.getName()));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        Process process = builder.start();
        List<String> lines = process.inputReader().lines().toList();
        assertThat(process.waitFor()).as("%s", lines).isZero();
        return lines;
    }

    @Test
    void withoutALoaderOneLineSaysWhatToInstall() throws Exception {
        List<String> lines = probe(Map.of(), "--enable-native-access=ALL-UNNAMED", "-Dintarsia.opencl.library=/nowhere/libOpenCL.so.1");
        assertThat(lines).hasSize(3);
        assertThat(lines.get(0)).contains("available=false")
                .contains("no OpenCL loader here (looked for /nowhere/libOpenCL.so.1); install");
        assertThat(lines.get(1)).startsWith("kernels 'opencl' cannot run here: no OpenCL loader here");
        assertThat(lines.get(2)).startsWith("kernels    scalar (instead of 'opencl', which cannot run here: no OpenCL loader here");
    }

    /** The loader asks this variable for the folder of drivers. */
    @Test
    void withoutADriverOneLineSaysWhatToInstall() throws Exception {
        OnDevice.session();
        List<String> lines = probe(Map.of("OCL_ICD_VENDORS", "/nowhere/"), "--enable-native-access=ALL-UNNAMED");
        assertThat(lines).hasSize(3);
        assertThat(lines.get(1)).startsWith("kernels 'opencl' cannot run here: the OpenCL loader is here but no driver (0 platforms); "
                + "install");
    }

    @Test
    void whereNativeCodeIsForbiddenOneLineSaysHowToAllowIt() throws Exception {
        List<String> lines = probe(Map.of(), "--illegal-native-access=deny");
        assertThat(lines).hasSize(3);
        assertThat(lines.get(1)).isEqualTo("kernels 'opencl' cannot run here: native code is not allowed to run; "
                + "start java with --enable-native-access=ALL-UNNAMED");
    }

    /** Any library that is no OpenCL loader will do; Java's own is always there. */
    @Test
    void aLoaderWithoutTheFunctionsOfOpenClIsNamed() throws Exception {
        Path library = Path.of(System.getProperty("java.home"), "lib", System.mapLibraryName("java"));
        assumeTrue(Files.isRegularFile(library), "no " + library);
        List<String> lines = probe(Map.of(), "--enable-native-access=ALL-UNNAMED", "-Dintarsia.opencl.library=" + library);
        assertThat(lines).hasSize(3);
        assertThat(lines.get(0)).contains("available=false");
        assertThat(lines.get(1)).startsWith("kernels 'opencl' cannot run here: the OpenCL loader has no clGetPlatformIDs; "
                + "one of OpenCL 1.2 or later is needed");
        assertThat(lines.get(2)).startsWith("kernels    scalar (instead of 'opencl', which cannot run here: the OpenCL loader has no ");
    }

    /** As where another library of the process had asked PoCL for its platforms before. */
    @Test
    void aDriverThatTookTheSignalOfDivisionByZeroIsRefused() throws Exception {
        Device device = OnDevice.session().device();
        assumeTrue(device.driver().startsWith("Portable Computing Language") && System.getProperty("os.arch").equals("amd64"),
                "not PoCL on x86");
        List<String> lines = probe(Map.of("POCL_SIGFPE_HANDLER", "1"), "--enable-native-access=ALL-UNNAMED");
        assertThat(lines).hasSize(3);
        assertThat(lines.get(1)).startsWith("kernels 'opencl' cannot run here: an OpenCL driver took over the signal "
                + "of a division by zero");
    }

    @Test
    void itIsChosenByNameOnly() {
        OnDevice.session();
        try (Engine engine = Engine.open(); Engine device = Engine.options().kernels("opencl:0").open()) {
            assertThat(engine.kernels().name()).isEqualTo("scalar");
            assertThat(device.kernels().name()).startsWith("opencl on ");
            assertThat(device.describe()).contains("asked for by the options; device 0: ");
        }
    }

    @Test
    void devicesThatAreNotThereAreNamed() {
        OnDevice.session();
        assertThatThrownBy(() -> Engine.options().kernels("opencl:7777").open()).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("kernels 'opencl:7777' cannot run here: no such device; there");
        try (Engine engine = Engine.options().kernels("opencl:7777").ifUnavailable(Engine.IfUnavailable.FALLBACK).open()) {
            assertThat(engine.describe())
                    .startsWith("kernels    scalar (instead of 'opencl:7777', which cannot run here: no such device; there");
        }
        assertThatThrownBy(() -> Engine.options().kernels("opencl:first").ifUnavailable(Engine.IfUnavailable.FALLBACK).open())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("kernels 'opencl:first': the device must be a number that intarsia doctor lists");
        assertThatThrownBy(() -> Engine.options().kernels("scalar:1").open())
                .hasMessage("kernels 'scalar:1': scalar has no devices to choose from");
    }

    @Test
    void aDeviceWithoutDoublesIsNotAskedForThem() {
        Device poor = new Device(0, 0, "a driver", "Small GPU", Device.Type.GPU, 4, 900, 1 << 30, 256, 1 << 15, false, false);
        assertThatThrownBy(() -> OpenClKernelProvider.open(poor, Precision.F64)).isInstanceOf(DeviceException.class)
                .hasMessage("Small GPU does not compute in F64; ask for F32 (--precision F32)");
    }

    /** PoCL would take the signal of a division by zero for itself. */
    @Test
    void divisionByZeroStillThrows() {
        try (OpenClKernels kernels = OnDevice.kernels(Precision.F32)) {
            kernels.fill(intarsia.linalg.View.of(kernels.allocate(3)), 1).run();
            int zero = (int) kernels.read(intarsia.linalg.View.of(kernels.allocate(1)));
            for (int i = 0; i < 100_000; i++) {
                int dividend = 12345 + i;
                assertThatThrownByDivision(dividend, zero);
            }
        }
    }

    private static void assertThatThrownByDivision(int dividend, int zero) {
        int quotient;
        try {
            quotient = dividend / zero;
        } catch (ArithmeticException e) {
            return;
        }
        throw new AssertionError(dividend + " / 0 is " + quotient);
    }
}
