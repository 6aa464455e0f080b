package intarsia.models.files;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Dates as ISO 8601 writes them, {@code 2021-03-14} or {@code 2021-03-14T09:30}, as days. Other orders of day and month are refused. */
final class Dates {
    private static final Pattern ISO = Pattern.compile("([0-9]{4}-[0-9]{2}-[0-9]{2})"
            + "(?:[T ]([0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\\.[0-9]{1,9})?)?)Z?)?");
    private static final Pattern OTHER = Pattern.compile("[0-9]{1,4}[-./ ]([0-9]{1,2}|[A-Za-z]{3,9})[-./ ][0-9]{1,4}([ T].*)?");
    private static final double NANOS_PER_DAY = 86_400e9;

    private Dates() {}

    /** Days since 1970-01-01, with the time of day as a fraction; NaN if a cell is no such date. */
    static double parse(String cell) {
        Matcher iso = ISO.matcher(cell);
        if (!iso.matches()) {
            return Double.NaN;
        }
        try {
            double day = LocalDate.parse(iso.group(1)).toEpochDay();
            return iso.group(2) == null ? day : day + LocalTime.parse(iso.group(2)).toNanoOfDay() / NANOS_PER_DAY;
        } catch (DateTimeException e) {
            return Double.NaN;
        }
    }

    /** Whether a cell looks like a date, in whatever order. */
    static boolean looksLikeOne(String cell) {
        return ISO.matcher(cell).matches() || OTHER.matcher(cell).matches();
    }

    /** A day as a date. */
    static String show(double days) {
        return LocalDate.ofEpochDay((long) Math.floor(days)).toString();
    }

    /** Why a cell is no date that can be read, and what to do. */
    static String problem(String cell) {
        return ISO.matcher(cell).matches() ? "is no day of the calendar; correct it"
                : OTHER.matcher(cell).matches() ? "may be read as different dates; write dates as year-month-day, 2021-03-14"
                : "is not a date; write dates as 2021-03-14";
    }
}
