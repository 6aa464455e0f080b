package intarsia.models.evaluation;

/**
 * The 95 % score interval of a share (Wilson 1927).
 *
 * @param low  its lower end, at least 0
 * @param high its upper end, at most 1
 */
public record WilsonInterval(double low, double high) {
    private static final double Z = 1.959963984540054;

    /** Of a share among n, which may count in part. Without any it is from 0 to 1. */
    public static WilsonInterval of(double share, double n) {
        if (!(n > 0)) {
            return new WilsonInterval(0, 1);
        }
        double center = (share + Z * Z / (2 * n)) / (1 + Z * Z / n);
        double half = Z / (1 + Z * Z / n) * Math.sqrt(Math.max(0, share * (1 - share)) / n + Z * Z / (4 * n * n));
        return new WilsonInterval(Math.max(0, center - half), Math.min(1, center + half));
    }
}
