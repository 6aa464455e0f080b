package intarsia.linalg;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/**
 * Kernels, a precision and a pool of threads, opened and closed together.
 *
 * <pre>
 * try (Engine engine = Engine.open()) { ... }
 * try (Engine engine = Engine.options().precision(Precision.F32).threads(2).open()) { ... }
 * </pre>
 *
 * The kernels are the best available, or those that {@code -Dintarsia.kernels=scalar|simd|opencl|opencl:1} names (the part after the colon
 * is a device). A name that is unknown or cannot run here is an error that says what to do. Other kernels are used instead only if {@link
 * Options#otherwise} allows it; {@link #describe} then says so.
 */
public final class Engine implements AutoCloseable {
    /** The system property that forces a provider of kernels by name. */
    public static final String KERNELS_PROPERTY = "intarsia.kernels";

    /** The reaction if the requested kernels cannot run. */
    public enum Otherwise {
        /** Fail with the reason and what to do. */
        STRICT,
        /** Use the best available kernels; {@link #describe} says so. */
        FALLBACK
    }

    private final Kernels kernels;
    private final Pool pool;
    private final String why;
    private final boolean scope;

    private Engine(Kernels kernels, Pool pool, String why, boolean scope) {
        this.kernels = kernels;
        this.pool = pool;
        this.why = why;
        this.scope = scope;
    }

    /** An engine with the best kernels, F64, one thread. */
    public static Engine open() {
        return options().open();
    }

    /** Options to open an engine with. */
    public static Options options() {
        return new Options(null, Precision.F64, 1, Otherwise.STRICT);
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

    /** The chosen kernels, precision and threads, and why; one line each. */
    public String describe() {
        return "kernels    " + kernels.name() + " (" + why + ")\n"
                + "precision  " + kernels.precision() + "\n"
                + "threads    " + pool.threads();
    }

    /**
     * An engine that shares kernels and threads with this one. Closing it frees the memory of everything made with it, also on a device;
     * copy results out first.
     */
    public Engine scope() {
        return new Engine(kernels.scope(), pool, why, true);
    }

    /** Frees the kernels' resources and ends the pool's threads; a scope does not end the threads. */
    @Override
    public void close() {
        try {
            kernels.close();
        } finally {
            if (!scope) {
                pool.close();
            }
        }
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
     * The options of an engine.
     *
     * @param kernelsName the provider's name, optionally with a colon and a device; null for the system property's, or else the best
     * @param precision   the precision
     * @param threads     how many threads, the caller's included
     * @param otherwise   the reaction if the requested kernels cannot run
     */
    public record Options(String kernelsName, Precision precision, int threads, Otherwise otherwise) {
        /** Options that fail if the kernels cannot run. */
        public Options(String kernelsName, Precision precision, int threads) {
            this(kernelsName, precision, threads, Otherwise.STRICT);
        }

        /** With these kernels, by name. */
        public Options kernels(String name) {
            return new Options(name, precision, threads, otherwise);
        }

        /** With this precision. */
        public Options precision(Precision other) {
            return new Options(kernelsName, other, threads, otherwise);
        }

        /** With this many threads, the caller's included. */
        public Options threads(int count) {
            return new Options(kernelsName, precision, count, otherwise);
        }

        /** With this reaction if the requested kernels cannot run. */
        public Options otherwise(Otherwise other) {
            return new Options(kernelsName, precision, threads, other);
        }

        /**
         * Opens it.
         *
         * @throws IllegalArgumentException if the kernels asked for are unknown or cannot run here; the message says what to do
         */
        public Engine open() {
            String forced = kernelsName != null ? kernelsName : System.getProperty(KERNELS_PROPERTY);
            if (forced == null) {
                return open(best(providers()), "");
            }
            try {
                return open(named(forced, providers()), "asked for by " + (kernelsName != null ? "the options" : "-D" + KERNELS_PROPERTY) + "; ");
            } catch (DeviceException e) {
                if (otherwise == Otherwise.FALLBACK) {
                    return open(best(providers()), "instead of '" + forced + "', which cannot run here: " + e.getMessage() + "; ");
                }
                throw new IllegalArgumentException("kernels '" + forced + "' cannot run here: " + e.getMessage(), e);
            }
        }

        private Engine open(KernelProvider chosen, String reason) {
            Pool pool = new Pool(threads);
            try {
                return new Engine(chosen.open(precision, pool), pool, reason + chosen.support().why(), false);
            } catch (RuntimeException e) {
                pool.close();
                throw e;
            }
        }

        private static KernelProvider best(List<KernelProvider> providers) {
            return providers.stream()
                    .filter(p -> p.preference() >= 0 && p.support().available())
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("no kernels on the class path: add intarsia-linalg"));
        }

        private static KernelProvider named(String name, List<KernelProvider> providers) {
            int colon = name.indexOf(':');
            String provider = colon < 0 ? name : name.substring(0, colon);
            List<String> names = providers.stream().map(KernelProvider::name).toList();
            KernelProvider named = providers.stream().filter(p -> p.name().equals(provider)).findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("kernels '" + provider + "': not found, there are " + names
                            + ("simd".equals(provider) ? "; start java with --add-modules jdk.incubator.vector" : "")));
            KernelProvider.Support support = named.support();
            if (!support.available()) {
                throw new DeviceException(support.why());
            }
            return colon < 0 ? named : named.on(name.substring(colon + 1));
        }
    }
}
