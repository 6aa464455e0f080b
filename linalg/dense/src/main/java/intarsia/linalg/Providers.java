package intarsia.linalg;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.concurrent.atomic.AtomicBoolean;

/** The providers of kernels that are there, and which of them to take. */
final class Providers {
    private static final String PLAIN = "intarsia.linalg.heap.ScalarKernels";
    private static final String VECTORS = "intarsia.linalg.simd.SimdKernels";
    private static final AtomicBoolean SAID = new AtomicBoolean();

    private final List<KernelProvider> all;

    private Providers(List<KernelProvider> all) {
        this.all = all;
    }

    /** Those that {@link ServiceLoader} finds, best first, and plain Java in any case; one that cannot be loaded here is left out. */
    static Providers find() {
        List<KernelProvider> found = new ArrayList<>();
        var loader = ServiceLoader.load(KernelProvider.class, Engine.class.getClassLoader()).iterator();
        while (true) {
            try {
                if (!loader.hasNext()) {
                    break;
                }
                found.add(loader.next());
            } catch (ServiceConfigurationError | LinkageError e) {
                continue;
            }
        }
        if (found.stream().noneMatch(Providers::isPlain)) {
            found.add(plain());
        }
        found.sort(Comparator.comparingInt(KernelProvider::preference).reversed());
        return new Providers(found);
    }

    /** Plain Java kernels by name: this package does not know those that stand on it. */
    private static KernelProvider plain() {
        try {
            return (KernelProvider) Class.forName(PLAIN).getConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("no kernels on the class path: intarsia-linalg lacks " + PLAIN, e);
        }
    }

    private static boolean isPlain(KernelProvider provider) {
        return provider.getClass().getName().equals(PLAIN);
    }

    List<KernelProvider> all() {
        return all;
    }

    /** The best that run on this CPU. */
    KernelProvider best() {
        return all.stream().filter(p -> p.preference() >= 0 && p.support().available()).findFirst().orElseThrow();
    }

    /**
     * Those of this name.
     *
     * @throws IllegalArgumentException if there are none
     * @throws DeviceException          if they cannot run here
     */
    KernelProvider named(String name) {
        int colon = name.indexOf(':');
        String provider = colon < 0 ? name : name.substring(0, colon);
        KernelProvider named = all.stream().filter(p -> p.name().equals(provider)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("kernels '" + provider + "': not found, there are "
                        + all.stream().map(KernelProvider::name).toList() + ("simd".equals(provider) ? "; " + withoutVectors() : "")));
        KernelProvider.Support support = named.support();
        if (!support.available()) {
            throw new DeviceException(support.why());
        }
        return colon < 0 ? named : named.on(name.substring(colon + 1));
    }

    /** Where the best are plain Java: why the vectors of the CPU are not used, and what to do. */
    Optional<String> noVectors() {
        return isPlain(best()) ? Optional.of("no vectors: " + withoutVectors()) : Optional.empty();
    }

    /** Puts that into the log, the first time. */
    static void warn(String noVectors) {
        if (!SAID.getAndSet(true)) {
            System.getLogger("intarsia").log(System.Logger.Level.WARNING, "kernels are plain Java, " + noVectors + "; -D"
                    + Engine.KERNELS_PROPERTY + "=scalar if that is meant");
        }
    }

    private String withoutVectors() {
        Optional<KernelProvider> there = all.stream().filter(p -> p.getClass().getName().equals(VECTORS)).findFirst();
        if (there.isPresent()) {
            return there.get().support().why();
        }
        try {
            Class.forName(VECTORS, false, Engine.class.getClassLoader());
            return "META-INF/services/" + KernelProvider.class.getName() + " does not name " + VECTORS
                    + ", which is on the class path; when packing several jars into one, merge their files of that name";
        } catch (ClassNotFoundException e) {
            return "intarsia-linalg-simd is not on the class path; add it";
        }
    }
}
