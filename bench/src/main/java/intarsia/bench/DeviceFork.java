package intarsia.bench;

import intarsia.linalg.Engine;
import intarsia.linalg.Precision;
import intarsia.linalg.opencl.DeviceSuite;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Measures a device, other libraries on it and the CPU, and prints each figure as a line. What is not there, a precision or a peer, is
 * left out.
 *
 * @param kernels such as {@code opencl:1}
 * @param sizes   of square matrices
 * @param widths  of two hidden layers on 150 inputs
 * @param batches rows of a step
 * @param peers   whether other libraries multiply too, which build their programs for minutes on some devices
 * @param millis  of a block of runs
 */
record DeviceFork(String kernels, List<Integer> sizes, List<Integer> widths, List<Integer> batches, boolean peers, int millis) {
    /** The CPU's series: the goals are stated against two cores. */
    static final String CPU = "CPU, 2 threads";

    /** A data-centre GPU's sizes. */
    static DeviceFork full(String kernels, int millis) {
        return new DeviceFork(kernels, List.of(512, 1024, 2048, 4096, 8192), List.of(128, 256, 512, 1024, 2048),
                List.of(32, 128, 512, 1024, 2048, 4096), true,
                millis);
    }

    /** To see that it works. */
    static DeviceFork quick(String kernels) {
        return new DeviceFork(kernels, List.of(64, 100), List.of(8, 16), List.of(4, 16), true, 5);
    }

    /** Arguments: the kernels, {@code quick} or milliseconds of a block. */
    public static void main(String[] args) {
        DeviceFork fork = args[1].equals("quick") ? quick(args[0]) : full(args[0], Integer.parseInt(args[1]));
        fork.run(measurement -> System.out.println(measurement.line()));
    }

    void run(Consumer<Measurement> to) {
        for (Precision precision : List.of(Precision.F32, Precision.F64)) {
            if (!DeviceSuite.has(kernels, precision)) {
                System.err.println("bench: the device has no " + precision);
                continue;
            }
            try (Engine engine = Engine.options().kernels(kernels).precision(precision).open()) {
                to.accept(DeviceSuite.peak(engine, millis));
                for (int size : sizes) {
                    System.err.println("bench: product " + precision + " " + size);
                    DeviceSuite.product(engine, size, peers, millis, to);
                    if (peers) {
                        vendor(precision, size, to);
                    }
                }
            }
            for (int width : widths) {
                for (int batch : batches) {
                    System.err.println("bench: step " + precision + ", width " + width + ", batch " + batch);
                    step(precision, width, batch, "device", Engine.options().kernels(kernels), to);
                    step(precision, width, batch, CPU, Engine.options().threads(2), to);
                }
            }
        }
    }

    private void vendor(Precision precision, int size, Consumer<Measurement> to) {
        Optional<CuBlas> cuda = CuBlas.installed(precision);
        cuda.ifPresent(blas -> {
            try (blas) {
                to.accept(new Measurement("device matmul", precision + " " + size, "cuBLAS", blas.nanos(size, millis)));
            }
        });
    }

    private void step(Precision precision, int width, int batch, String series, Engine.Options options, Consumer<Measurement> to) {
        MlpSuite net = new MlpSuite();
        net.precision = precision;
        net.depth = 2;
        net.width = width;
        net.batch = batch;
        net.compile(options.precision(precision).open());
        try {
            double nanos = Stopwatch.nanos(net::step, net::loss, millis);
            to.accept(new Measurement("device step", precision + " width " + width + " batch " + batch, series, nanos));
        } finally {
            net.close();
        }
    }
}
