package intarsia.bench;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One figure: what every process that measures, in Java or not, prints as one line of JSON.
 *
 * @param suite  the suite
 * @param row    what was done, such as {@code F64 NN 128}
 * @param series who did it, such as {@code OpenBLAS}
 * @param value  nanoseconds, or what else the suite counts
 */
public record Measurement(String suite, String row, String series, double value) {
    private static final Pattern LINE = Pattern.compile(
            "\\{\"suite\": \"([^\"]*)\", \"row\": \"([^\"]*)\", \"series\": \"([^\"]*)\", \"value\": ([-+0-9.eE]+)}");

    /** As one line. */
    public String line() {
        return String.format(Locale.ROOT, "{\"suite\": \"%s\", \"row\": \"%s\", \"series\": \"%s\", \"value\": %s}", suite, row, series,
                value);
    }

    /** The figure on a line; nothing if the line is something else. */
    public static Optional<Measurement> of(String line) {
        Matcher matcher = LINE.matcher(line.strip());
        return matcher.matches()
                ? Optional.of(new Measurement(matcher.group(1), matcher.group(2), matcher.group(3), Double.parseDouble(matcher.group(4))))
                : Optional.empty();
    }
}
