package intarsia.cli;

import com.sun.management.HotSpotDiagnosticMXBean;
import intarsia.cli.bits.BitsCases;
import intarsia.cli.bits.BitsTable;
import intarsia.cli.json.CommandResult;
import intarsia.cli.json.ResultTable;
import intarsia.linalg.Engine;
import intarsia.linalg.KernelProvider;
import intarsia.linalg.Precision;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Says what this machine gives and what was chosen of it. */
@Command(name = "doctor", mixinStandardHelpOptions = true, versionProvider = Version.class,
        description = "Show which JDK, kernels, precision and threads are used here, and why.")
final class Doctor implements Callable<Integer> {
    @Mixin
    private EngineOptions options = new EngineOptions(Precision.F64);

    @Mixin
    private Threads threads;

    @Option(names = "--bits", description = "Compute what every machine computes to the same bits, compare, and print a receipt: about "
            + "half a minute.")
    private boolean bits;

    @Mixin
    private Answer answer;

    @Override
    public Integer call() {
        String engine = engine();
        PrintWriter out = answer.text();
        Runtime machine = Runtime.getRuntime();
        String java = Runtime.version() + ", " + System.getProperty("java.vendor") + ", " + System.getProperty("java.home");
        String system = System.getProperty("os.name") + " " + System.getProperty("os.arch");
        out.println("intarsia   " + Version.number());
        out.println("java       " + java);
        out.println("system     " + system + ", " + machine.availableProcessors() + " processors, heap up to " + (machine.maxMemory() >> 20)
                + " MiB");
        out.println("vectors    " + vectorModule());
        out.println("memory     " + cacheLines());
        out.println(engine);
        CommandResult.BitsOf compared = bits ? compare(out) : null;
        ResultTable kernels = new ResultTable("name", "available", "why");
        TextTable table = new TextTable("name", "runs here", "why");
        for (KernelProvider provider : Engine.providers()) {
            KernelProvider.Support support = provider.support();
            List<String> line = List.of(provider.name(), support.available() ? "yes" : "no", support.why());
            kernels.row(line);
            table.line(line);
        }
        if (!bits) {
            out.println();
            out.println("kernels that could be chosen, best first (--kernels NAME or -D" + Engine.KERNELS_PROPERTY + "=NAME forces one)");
            out.print(table);
        }
        answer.result(new CommandResult.Examined(java, system, machine.availableProcessors(), machine.maxMemory(), hasVectors(), engine,
                kernels, compared));
        return compared == null || compared.differing().isEmpty() ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    /** Ends with status 1 if a bit differs: a defect of the program or of this machine. */
    private CommandResult.BitsOf compare(PrintWriter out) {
        BitsTable table = BitsTable.read();
        long begun = System.nanoTime();
        Map<String, String> computed = BitsCases.compute(options.options(threads.count()), "");
        List<String> differing = table.differing(computed);
        List<String> leftOut = table.leftOut(computed);
        out.printf(Locale.ROOT, "bits       %d of %d cases as everywhere, in %.0f s%n", computed.size() - differing.size(), computed.size(),
                (System.nanoTime() - begun) / 1e9);
        if (!leftOut.isEmpty()) {
            out.println("left out   " + leftOut.size() + " of " + table.digests().size() + " cases, which factorize matrices, as only "
                    + "a CPU does: " + String.join(", ", leftOut));
        }
        out.println("receipt    " + table.digest() + (differing.isEmpty() ? "" : ", which this machine does not reproduce"));
        differing.forEach(name -> out.println("differs    " + name + ": " + computed.get(name) + " where " + table.digests().get(name)
                + " belongs"));
        return new CommandResult.BitsOf(computed.size(), table.digest(), differing, leftOut);
    }

    private String engine() {
        try (Engine engine = options.open(threads.count())) {
            return engine.describe();
        }
    }

    private static boolean hasVectors() {
        return ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
    }

    private static String vectorModule() {
        return hasVectors()
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
