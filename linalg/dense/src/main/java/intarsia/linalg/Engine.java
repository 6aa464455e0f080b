package intarsia.linalg;

import java.util.List;

/**
 * The one thing to open and close: chosen kernels, a precision, and a pool of a stated number of threads.
 *
 * {@snippet class="intarsia.tutorial.Snippets" region="engine"}
 *
 * The kernels are the best available, or those that {@code -Dintarsia.kernels=scalar|simd|opencl|opencl:1} names (the part after the colon
 * is a device). A name that is unknown or cannot run here is an error that says what to do, never a silent choice of something else, unless
 * {@link Options#ifUnavailable} asks for one; {@link #describe} then says so. Where no name is given and the CPU's vectors cannot be used
 * (the JDK's module or ours is missing, or a jar packed of several lost an entry of {@code META-INF/services}), {@link #describe} says why
 * and what to do, and so does a warning in the log {@code intarsia}, once.
 */
public final class Engine implements AutoCloseable {
    /** The system property that forces a provider of kernels by name. */
    public static final String KERNELS_PROPERTY = "intarsia.kernels";

    /** What to do where the kernels asked for cannot run. */
    public enum IfUnavailable {
        /** Fail, saying why and what to do. */
        STRICT,
        /** Take the best there are, and say so. */
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
        return new Options(null, Precision.F64, 1, IfUnavailable.STRICT);
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

    /**
     * An engine that shares kernels and threads with this one; closing it gives back the memory of all that was made with it, on a device
     * too. Results that outlive it are to be copied out before.
     */
    public Engine scope() {
        return new Engine(kernels.scope(), pool, why, true);
    }

    /** Gives back what the kernels hold and ends the pool's threads; those of a scope go on. */
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
        return Providers.find().all();
    }

    /**
     * What an engine is opened with.
     *
     * @param kernelsName   the provider's name, maybe with a colon and a device, or null for the property's or else the best
     * @param precision     the precision
     * @param threads       how many threads, the caller's included
     * @param ifUnavailable what to do where the kernels asked for cannot run
     */
    public record Options(String kernelsName, Precision precision, int threads, IfUnavailable ifUnavailable) {
        /** Fails where the kernels cannot run. */
        public Options(String kernelsName, Precision precision, int threads) {
            this(kernelsName, precision, threads, IfUnavailable.STRICT);
        }

        /** With these kernels, by name. */
        public Options kernels(String name) {
            return new Options(name, precision, threads, ifUnavailable);
        }

        /** With this precision. */
        public Options precision(Precision other) {
            return new Options(kernelsName, other, threads, ifUnavailable);
        }

        /** With this many threads, the caller's included. */
        public Options threads(int count) {
            return new Options(kernelsName, precision, count, ifUnavailable);
        }

        /** With this to do where the kernels asked for cannot run. */
        public Options ifUnavailable(IfUnavailable other) {
            return new Options(kernelsName, precision, threads, other);
        }

        /**
         * Opens it.
         *
         * @throws IllegalArgumentException if the kernels asked for are unknown or cannot run here; the message says what to do
         */
        public Engine open() {
            Providers providers = Providers.find();
            String forced = kernelsName != null ? kernelsName : System.getProperty(KERNELS_PROPERTY);
            if (forced == null) {
                providers.noVectors().ifPresent(Providers::warn);
                return openBest(providers, "");
            }
            try {
                KernelProvider named = providers.named(forced);
                String by = kernelsName != null ? "the options" : "-D" + KERNELS_PROPERTY;
                return open(named, "asked for by " + by + "; " + named.support().why());
            } catch (DeviceException e) {
                if (ifUnavailable == IfUnavailable.FALLBACK) {
                    return openBest(providers, "instead of '" + forced + "', which cannot run here: " + e.getMessage() + "; ");
                }
                throw new IllegalArgumentException("kernels '" + forced + "' cannot run here: " + e.getMessage(), e);
            }
        }

        private Engine openBest(Providers providers, String reason) {
            KernelProvider best = providers.best();
            return open(best, reason + best.support().why() + providers.noVectors().map(why -> "; " + why).orElse(""));
        }

        private Engine open(KernelProvider chosen, String why) {
            Pool pool = new Pool(threads);
            try {
                return new Engine(chosen.open(precision, pool), pool, why, false);
            } catch (RuntimeException e) {
                pool.close();
                throw e;
            }
        }
    }
}
