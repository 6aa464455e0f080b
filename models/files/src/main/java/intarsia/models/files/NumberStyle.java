package intarsia.models.files;

import java.math.BigDecimal;

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
    /** As many digits make a whole number that a double holds exactly. */
    private static final int EXACT_DIGITS = 15;
    private static final double[] POWERS_OF_TEN = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15};

    /**
     * The number that a part of a text says with up to 15 digits and nothing else but a minus sign and a decimal sign: a quotient of two
     * whole numbers that are exact, so rounded once, as {@link #parse} rounds it.
     *
     * @return NaN if it is anything else
     */
    static double plain(String text, int from, int to, char decimal) {
        boolean negative = from < to && text.charAt(from) == '-';
        long digits = 0;
        int count = 0;
        int fraction = -1;
        for (int at = negative ? from + 1 : from; at < to; at++) {
            char c = text.charAt(at);
            char digit = (char) (c - '0');
            if (digit <= 9) {
                digits = 10 * digits + digit;
                count++;
            } else if (c == decimal && fraction < 0) {
                fraction = count;
            } else {
                return Double.NaN;
            }
        }
        return plain(negative, digits, count, fraction);
    }

    /**
     * The number of up to 15 digits.
     *
     * @param fraction how many of them are before the decimal sign; -1 where there is none
     * @return NaN if there is no digit, or there are more
     */
    static double plain(boolean negative, long digits, int count, int fraction) {
        if (count == 0 || count > EXACT_DIGITS) {
            return Double.NaN;
        }
        double size = digits / POWERS_OF_TEN[fraction < 0 ? 0 : count - fraction];
        return negative ? -size : size;
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
