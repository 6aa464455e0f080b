package intarsia.models.files;

import java.math.BigDecimal;
import java.util.Locale;

/**
 * How numbers are written: with which decimal sign, and what separates groups of three digits.
 *
 * @param decimal   the decimal sign, point or comma
 * @param thousands what separates groups, or 0 for nothing; a blank is one of any width
 */
record NumberStyle(char decimal, char thousands) {
    /** As programs write numbers: 1234.5. */
    static final NumberStyle POINT = new NumberStyle('.', (char) 0);

    private static final char MINUS = '\u2212';
    /** As many digits make a whole number that a long holds. */
    static final int MOST_DIGITS = 18;
    /** Whole numbers up to this one are doubles. */
    private static final long EXACT = 1L << 53;
    /** More than the relative error of a correction, by a few bits. */
    private static final double DOUBT = 0x1p-50;
    /** Those that are doubles. */
    private static final double[] POWERS_OF_TEN = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
            1e17, 1e18, 1e19, 1e20, 1e21, 1e22};

    /**
     * The number that a part of a text says with digits and nothing else but a minus sign and a decimal sign, as {@link #parse} rounds it.
     *
     * @return NaN if it is anything else, or as {@link #plain(long, int, int)}
     */
    static double plain(String text, int from, int to, char decimal) {
        boolean negative = from < to && text.charAt(from) == '-';
        int begin = negative ? from + 1 : from;
        long digits = 0;
        int significant = 0;
        int point = -1;
        for (int at = begin; at < to; at++) {
            char c = text.charAt(at);
            char digit = (char) (c - '0');
            if (digit <= 9) {
                digits = 10 * digits + digit;
                significant += digits != 0 ? 1 : 0;
            } else if (c == decimal && point < 0) {
                point = at;
            } else {
                return Double.NaN;
            }
        }
        boolean none = to - begin == (point < 0 ? 0 : 1);
        double size = none ? Double.NaN : plain(digits, significant, point < 0 ? 0 : to - point - 1);
        return negative ? -size : size;
    }

    /**
     * The double that is nearest to {@code digits / 10^places}, as Double.parseDouble finds it. Where both are doubles, that is their
     * quotient (Clinger, PLDI 1990); otherwise the quotient is corrected by what rounding left out of it, if the correction's own error
     * cannot change the sum (the test of Ziv, TOMS 1991). O(1).
     *
     * @param digits      a number of so many digits, if they are not too many
     * @param significant how many digits there are from the first that is not 0 on
     * @return NaN if they are more than 18, if more than 22 follow the decimal sign, or if the nearest is in doubt: half way between two
     * doubles, or as good as there
     */
    static double plain(long digits, int significant, int places) {
        if (significant > MOST_DIGITS || places >= POWERS_OF_TEN.length) {
            return Double.NaN;
        }
        double power = POWERS_OF_TEN[places];
        double rounded = digits;
        double size = rounded / power;
        if (digits > EXACT && places > 0) {
            // The remainder of a division is a double, and so is what a long loses.
            double correction = (Math.fma(-size, power, rounded) + (digits - (long) rounded)) / power;
            double doubt = DOUBT * Math.abs(correction);
            double high = size + (correction + doubt);
            size = size + (correction - doubt) == high ? high : Double.NaN;
        }
        return size;
    }

    /**
     * The number that a cell says, or NaN if it says none: digits, one decimal sign, an exponent, groups of exactly three digits before the
     * decimal sign. Infinite if it is too large. Double.parseDouble alone would take 1d, 0x1p3, NaN and Infinity too.
     */
    double parse(String cell) {
        StringBuilder plain = new StringBuilder(cell.length());
        int at = 0;
        if (at < cell.length() && (cell.charAt(at) == '+' || cell.charAt(at) == '-' || cell.charAt(at) == MINUS)) {
            plain.append(cell.charAt(at) == '+' ? '+' : '-');
            at++;
        }
        int whole = at;
        at = digits(cell, at, plain);
        int digits = at - whole;
        if (thousands != 0 && digits >= 1 && digits <= 3) {
            while (at + 3 < cell.length() && isThousands(cell.charAt(at)) && digits(cell, at + 1, new StringBuilder()) == at + 4) {
                digits(cell, at + 1, plain);
                at += 4;
            }
        }
        if (at < cell.length() && cell.charAt(at) == decimal) {
            plain.append('.');
            int fraction = at + 1;
            at = digits(cell, fraction, plain);
            digits += at - fraction;
        }
        if (digits == 0) {
            return Double.NaN;
        }
        if (at < cell.length() && (cell.charAt(at) == 'e' || cell.charAt(at) == 'E')) {
            plain.append('e');
            at++;
            if (at < cell.length() && (cell.charAt(at) == '+' || cell.charAt(at) == '-')) {
                plain.append(cell.charAt(at));
                at++;
            }
            int exponent = at;
            at = digits(cell, at, plain);
            if (at == exponent) {
                return Double.NaN;
            }
        }
        return at == cell.length() ? Double.parseDouble(plain.toString()) : Double.NaN;
    }

    /** Whether a number is written as zero: 0, -0.00, 0e5. */
    static boolean isZero(String cell) {
        return cell.toLowerCase(Locale.ROOT).replaceFirst("e.*", "").chars().noneMatch(c -> c >= '1' && c <= '9');
    }

    /** Whether a number is 0 or has all its digits. */
    static boolean isNormal(double number) {
        return Math.abs(number) >= Double.MIN_NORMAL && Math.abs(number) <= Double.MAX_VALUE || number == 0;
    }

    /** The shortest number that {@link #parse} reads as this one, without a sign between thousands. */
    String write(double number) {
        double size = Math.abs(number);
        String shortest = size == 0 || size >= 1e-6 && size < 1e15 && number != Math.rint(number)
                ? new BigDecimal(Double.toString(number)).stripTrailingZeros().toPlainString() : Schema.plain(number);
        return shortest.replace('.', decimal);
    }

    private boolean isThousands(char c) {
        return c == thousands || thousands == ' ' && Character.isSpaceChar(c) || thousands == '\'' && c == '\u2019';
    }

    private static int digits(String cell, int from, StringBuilder to) {
        int at = from;
        while (at < cell.length() && cell.charAt(at) >= '0' && cell.charAt(at) <= '9') {
            to.append(cell.charAt(at));
            at++;
        }
        return at;
    }
}
