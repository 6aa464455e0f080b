package intarsia.cli;

import com.sun.management.HotSpotDiagnosticMXBean;
import intarsia.linalg.Engine;
import intarsia.linalg.KernelProvider;
import intarsia.linalg.Precision;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Says what this machine gives and what was chosen of it. */
@Command(name = "doctor", mixinStandardHelpOptions = true, versionProvider = Version.class,
        description = "Show which JDK, kernels, precision and threads are used here, and why.")
final class Doctor implements Runnable {
    @Spec
    private CommandSpec spec;

    @Mixin
    private EngineOptions options = new EngineOptions(Precision.F64);

    @Mixin
    private Threads threads;

    @Override
    public void run() {
        String engine = engine();
        PrintWriter out = spec.commandLine().getOut();
        Runtime machine = Runtime.getRuntime();
        out.println("intarsia   " + Version.number());
        out.println("java       " + Runtime.version() + ", " + System.getProperty("java.vendor") + ", " + System.getProperty("java.home"));
        out.println("system     " + System.getProperty("os.name") + " " + System.getProperty("os.arch") + ", "
                + machine.availableProcessors() + " processors, heap up to " + (machine.maxMemory() >> 20) + " MiB");
        out.println("vectors    " + vectorModule());
        out.println("memory     " + cacheLines());
        out.println(engine);
        out.println();
        out.println("kernels that could be chosen, best first (--kernels NAME or -D" + Engine.KERNELS_PROPERTY + "=NAME forces one)");
        TextTable table = new TextTable("name", "runs here", "why");
        for (KernelProvider provider : Engine.providers()) {
            KernelProvider.Support support = provider.support();
            table.line(provider.name(), support.available() ? "yes" : "no", support.why());
        }
        out.print(table);
    }

    private String engine() {
        try (Engine engine = options.open(threads.count())) {
            return engine.describe();
        }
    }

    private static String vectorModule() {
        return ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent()
                ? "module jdk.incubator.vector is loaded"
                : "module jdk.incubator.vector is not loaded; start java with --add-modules jdk.incubator.vector";
    }

    private static String cacheLines() {
        String option = "ObjectAlignmentInBytes";
        String bytes = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class).getVMOption(option).getValue();
        return Integer.parseInt(bytes) % 64 == 0 ? "arrays are cache-line aligned"
                : "arrays are not cache-line aligned; with -XX:" + option
                        + "=64 products of 100 rows and more are up to a quarter faster";
    }
}
