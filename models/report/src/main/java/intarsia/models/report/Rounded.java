package intarsia.models.report;

import java.util.Locale;

/** Numbers as people read them: three decimals where these say something, else four significant digits. */
public final class Rounded {
    private Rounded() {}

    /** A number. */
    public static String of(double value) {
        double size = Math.abs(value);
        return value == 0 || size >= 0.01 && size < 100_000 ? String.format(Locale.ROOT, "%.3f", value)
                : String.format(Locale.ROOT, "%.3e", value);
    }

    /** A number with its interval; empty without a number, without brackets where there is no interval. */
    public static String of(double value, double low, double high) {
        return Double.isNaN(value) ? "" : of(value)
                + (Double.isNaN(low) || Double.isNaN(high) ? "" : " [" + of(low) + ", " + of(high) + "]");
    }

    /** A difference of numbers such as the second: with its sign, to a tenth of their last digit. */
    public static String difference(double difference, double of) {
        double size = Math.abs(of);
        return size >= 0.01 && size < 100_000 ? String.format(Locale.ROOT, "%+.4f", difference)
                : String.format(Locale.ROOT, "%+.3e", difference);
    }

    /** A p-value: below a thousandth no digits. */
    public static String probability(double p) {
        return Double.isNaN(p) ? "" : p < 0.001 ? "< 0.001" : String.format(Locale.ROOT, "%.3f", p);
    }
}
