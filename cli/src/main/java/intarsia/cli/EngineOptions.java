package intarsia.cli;

import intarsia.linalg.Engine;
import intarsia.linalg.Precision;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What a command computes with, and how precisely. */
final class EngineOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(names = "--kernels", paramLabel = "NAME", description = "Force these kernels: scalar, simd, opencl (default: the best that "
            + "run on the CPU).")
    private String kernels;

    @Option(names = "--device", paramLabel = "DEVICE", description = "Where to train: cpu; opencl, or opencl:1 for the second device that "
            + "doctor lists; auto (default), which is the CPU.")
    private String device;

    @Option(names = "--fallback", description = "Train on the CPU, saying so, where the kernels or the device asked for cannot be used "
            + "(default: end with a message).")
    private boolean fallback;

    @Option(names = "--precision", paramLabel = "PRECISION", description = "F64 or F32 (default: ${DEFAULT-VALUE}); F32 is about twice "
            + "as fast.")
    private Precision precision;

    /** With this precision unless told otherwise. */
    EngineOptions(Precision precision) {
        this.precision = precision;
    }

    /** An engine as asked for. */
    Engine open(int threads) {
        try {
            Engine engine = options(threads).open();
            String wanted = name() != null ? name() : System.getProperty(Engine.KERNELS_PROPERTY);
            if (wanted != null && !engine.kernels().name().startsWith(wanted.split(":")[0])) {
                Answer.of(spec).orElseThrow().note(engine.describe().lines().findFirst().orElseThrow());
            }
            return engine;
        } catch (IllegalArgumentException e) {
            throw new UserException(e.getMessage());
        }
    }

    /** The same for one of several pieces of work side by side. */
    Engine.Options singleThreaded() {
        return options(1);
    }

    /** The same where none was opened before: what cannot be opened is noticed before the long work. */
    Engine.Options tried() {
        open(1).close();
        return singleThreaded();
    }

    /** The options of such an engine. */
    Engine.Options options(int count) {
        return new Engine.Options(name(), precision, count, fallback ? Engine.IfUnavailable.FALLBACK : Engine.IfUnavailable.STRICT);
    }

    /** The kernels' name, or null for the best on the CPU. */
    private String name() {
        if (device == null) {
            return kernels;
        }
        boolean opencl = device.equals("opencl") || device.startsWith("opencl:");
        if (!opencl && !device.equals("cpu") && !device.equals("auto")) {
            throw new UserException("--device " + device + ": must be cpu, auto, opencl, or opencl:N with a number that doctor lists");
        }
        if (kernels != null && (opencl || kernels.startsWith("opencl")) && !device.equals("auto")) {
            throw new UserException("--device " + device + " and --kernels " + kernels + ": give one of them");
        }
        String forced = System.getProperty(Engine.KERNELS_PROPERTY, "");
        if (device.equals("cpu") && kernels == null && forced.startsWith("opencl")) {
            throw new UserException("--device cpu and -D" + Engine.KERNELS_PROPERTY + "=" + forced + ": give one of them");
        }
        return opencl ? device : kernels;
    }
}
