package intarsia.cli;

import java.util.Locale;

/** Numbers as people read them: three decimals where these say something, else four significant digits. */
final class Figures {
    private Figures() {}

    static String of(double value) {
        double size = Math.abs(value);
        return value == 0 || size >= 0.01 && size < 100_000 ? String.format(Locale.ROOT, "%.3f", value)
                : String.format(Locale.ROOT, "%.3e", value);
    }
}
