package intarsia.linalg.opencl;

import java.util.List;

/** The release of OpenCL resources. */
final class ReleaseSteps {
    private ReleaseSteps() {}

    /** Runs every step, also after one that fails, and then throws the first exception, with the others suppressed. */
    static void all(List<Runnable> steps) {
        RuntimeException first = null;
        for (Runnable step : steps) {
            try {
                step.run();
            } catch (RuntimeException e) {
                if (first == null) {
                    first = e;
                } else {
                    first.addSuppressed(e);
                }
            }
        }
        if (first != null) {
            throw first;
        }
    }
}
