package intarsia.linalg;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/**
 * The one thing to open and close: chosen kernels, a precision, and a pool of a stated number of threads.
 *
 * <pre>
 * try (Engine engine = Engine.open()) { ... }
 * try (Engine engine = Engine.options().precision(Precision.F32).threads(2).open()) { ... }
 * </pre>
 *
 * The kernels are the best available, or those that {@code -Dintarsia.kernels=scalar|simd|opencl} names; a name that is unknown or cannot run
 * here is an error that says what to do, never a silent choice of something else.
 */
public final class Engine implements AutoCloseable {
    /** The system property that forces a provider of kernels by name. */
    public static final String KERNELS_PROPERTY = "intarsia.kernels";

    private final Kernels kernels;
    private final Pool pool;
    private final String why;

    private Engine(Kernels kernels, Pool pool, String why) {
        this.kernels = kernels;
        this.pool = pool;
        this.why = why;
    }

    /** An engine with the best kernels, F64, one thread. */
    public static Engine open() {
        return options().open();
    }

    /** Options to open an engine with. */
    public static Options options() {
        return new Options(null, Precision.F64, 1);
    }

    /** The kernels. */
    public Kernels kernels() {
        return kernels;
    }

    /** The precision of every number this engine computes with. */
    public Precision precision() {
        return kernels.precision();
    }

    /** The threads. */
    public Pool pool() {
        return pool;
    }

    /** One line a fact: which kernels, precision and threads were chosen, and why. */
    public String describe() {
        return "kernels    " + kernels.name() + " (" + why + ")\n"
                + "precision  " + kernels.precision() + "\n"
                + "threads    " + pool.threads();
    }

    /** Ends the pool's threads. */
    @Override
    public void close() {
        pool.close();
    }

    /** Every provider on the class path, best first. A provider whose classes cannot be loaded here is left out. */
    public static List<KernelProvider> providers() {
        List<KernelProvider> found = new ArrayList<>();
        var loader = ServiceLoader.load(KernelProvider.class, Engine.class.getClassLoader()).iterator();
        while (true) {
            try {
                if (!loader.hasNext()) {
                    break;
                }
                found.add(loader.next());
            } catch (ServiceConfigurationError | LinkageError e) {
                // Its module is not here (no --add-modules jdk.incubator.vector, say): providersMissing() tells doctor.
                continue;
            }
        }
        found.sort(Comparator.comparingInt(KernelProvider::preference).reversed());
        return found;
    }

    /**
     * What an engine is opened with.
     *
     * @param kernelsName the provider's name, or null for the property's or else the best
     * @param precision   the precision
     * @param threads     how many threads, the caller's included
     */
    public record Options(String kernelsName, Precision precision, int threads) {
        /** With these kernels, by name. */
        public Options kernels(String name) {
            return new Options(name, precision, threads);
        }

        /** With this precision. */
        public Options precision(Precision other) {
            return new Options(kernelsName, other, threads);
        }

        /** With this many threads, the caller's included. */
        public Options threads(int count) {
            return new Options(kernelsName, precision, count);
        }

        /**
         * Opens it.
         *
         * @throws IllegalArgumentException if the kernels asked for are unknown or cannot run here; the message says what to do
         */
        public Engine open() {
            String forced = kernelsName != null ? kernelsName : System.getProperty(KERNELS_PROPERTY);
            List<KernelProvider> providers = providers();
            KernelProvider chosen = forced == null ? best(providers) : named(forced, providers);
            String why = forced == null
                    ? chosen.support().why()
                    : "asked for by " + (kernelsName != null ? "the options" : "-D" + KERNELS_PROPERTY) + "; " + chosen.support().why();
            Pool pool = new Pool(threads);
            return new Engine(chosen.open(precision, pool), pool, why);
        }

        private static KernelProvider best(List<KernelProvider> providers) {
            return providers.stream()
                    .filter(p -> p.preference() >= 0 && p.support().available())
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("no kernels on the class path: add intarsia-linalg"));
        }

        private static KernelProvider named(String name, List<KernelProvider> providers) {
            List<String> names = providers.stream().map(KernelProvider::name).toList();
            KernelProvider provider = providers.stream().filter(p -> p.name().equals(name)).findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("kernels '" + name + "': not found, there are " + names
                            + ("simd".equals(name) ? "; start java with --add-modules jdk.incubator.vector" : "")));
            if (!provider.support().available()) {
                throw new IllegalArgumentException("kernels '" + name + "' cannot run here: " + provider.support().why());
            }
            return provider;
        }
    }
}
