package intarsia.bench;

import intarsia.linalg.Buffer;
import intarsia.linalg.Engine;
import intarsia.linalg.View;

/** The series that are ours, and how an engine is opened for them. */
final class Intarsia {
    static final String NAME = "Intarsia";
    static final String TWO_THREADS = "Intarsia, 2 threads";
    static final String PLAIN = "Intarsia, plain Java";

    private Intarsia() {}

    /** Whether a series is one of ours. */
    static boolean owns(String series) {
        return series.startsWith(NAME);
    }

    /** An engine as a series wants it. */
    static Engine open(String series, intarsia.linalg.Precision precision) {
        Engine.Options options = Engine.options().precision(precision);
        return switch (series) {
            case NAME -> options.open();
            case TWO_THREADS -> options.threads(2).open();
            case PLAIN -> options.kernels("scalar").open();
            default -> throw new IllegalArgumentException("series '" + series + "' is not ours");
        };
    }

    /** A matrix of these numbers in the engine's memory. */
    static View view(Engine engine, int rows, int columns, double[] numbers) {
        Buffer buffer = engine.kernels().allocate(rows * columns);
        View view = View.of(buffer, rows, columns);
        engine.kernels().upload(numbers, 0, view);
        return view;
    }

    /** A work that keeps an engine open until it is closed. */
    static Work with(Engine engine, intarsia.linalg.Command command) {
        return new Work() {
            @Override
            public void run() {
                command.run();
            }

            @Override
            public void close() {
                engine.close();
            }
        };
    }
}
