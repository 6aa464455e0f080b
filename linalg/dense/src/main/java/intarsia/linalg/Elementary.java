package intarsia.linalg;

/** The elementary functions behind {@link Unary}, in both precisions: the same bits wherever they run. */
public final class Elementary {
    private Elementary() {}

    public static double exp(double x) {
        return StrictMath.exp(x);
    }

    public static double log(double x) {
        return StrictMath.log(x);
    }

    public static double log1p(double x) {
        return StrictMath.log1p(x);
    }

    public static double tanh(double x) {
        return StrictMath.tanh(x);
    }

    public static double sigmoid(double x) {
        double e = exp(-Math.abs(x));
        return x >= 0 ? 1 / (1 + e) : e / (1 + e);
    }

    public static double softplus(double x) {
        return Math.max(x, 0) + log1p(exp(-Math.abs(x)));
    }

    public static float exp(float x) {
        return (float) StrictMath.exp(x);
    }

    public static float log(float x) {
        return (float) StrictMath.log(x);
    }

    public static float log1p(float x) {
        return (float) StrictMath.log1p(x);
    }

    public static float tanh(float x) {
        return (float) StrictMath.tanh(x);
    }

    public static float sigmoid(float x) {
        return (float) sigmoid((double) x);
    }

    public static float softplus(float x) {
        return (float) softplus((double) x);
    }
}
