package intarsia.linalg.opencl;

import java.util.List;

/** Giving back what OpenCL lent. */
final class Release {
    private Release() {}

    /** Takes every step, also after one that fails, and then throws what the first such threw, with what others threw suppressed. */
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
