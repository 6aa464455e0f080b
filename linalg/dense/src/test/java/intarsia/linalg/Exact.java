package intarsia.linalg;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** The elementary functions to some 40 digits of the result, from their series in decimal arithmetic: what the fast ones are held to. */
final class Exact {
    private Exact() {}

    private static final MathContext DIGITS = new MathContext(50);
    private static final BigDecimal ONE = BigDecimal.ONE;
    private static final BigDecimal TWO = BigDecimal.TWO;
    private static final BigDecimal QUARTER = new BigDecimal("0.25");
    /** e^-5000 is 0 to any double. */
    private static final BigDecimal FAR = BigDecimal.valueOf(5000);
    private static final BigDecimal LN2 = artanhTwice(ONE.divide(BigDecimal.valueOf(3), DIGITS));

    static BigDecimal exp(BigDecimal x) {
        int n = x.divide(LN2, DIGITS).setScale(0, RoundingMode.HALF_EVEN).intValue();
        BigDecimal power = n >= 0 ? TWO.pow(n, DIGITS) : ONE.divide(TWO.pow(-n, DIGITS), DIGITS);
        return ONE.add(expm1Series(x.subtract(LN2.multiply(BigDecimal.valueOf(n)))), DIGITS).multiply(power, DIGITS);
    }

    /** e^x - 1. */
    static BigDecimal expm1(BigDecimal x) {
        return x.abs().compareTo(QUARTER) < 0 ? expm1Series(x) : exp(x).subtract(ONE, DIGITS);
    }

    /** For x = 2^k m, 1/2 &le; m &lt; 1, the sum k ln 2 + log m, or near 1 the series of log(1 + (x - 1)). */
    static BigDecimal log(BigDecimal x) {
        BigDecimal f = x.subtract(ONE);
        if (f.abs().compareTo(QUARTER) < 0) {
            return log1p(f);
        }
        int k = 0;
        BigDecimal m = x;
        while (m.compareTo(ONE) >= 0) {
            int step = Math.max(1, (int) ((m.precision() - m.scale() - 1) * 3.3));
            m = m.divide(TWO.pow(step), DIGITS);
            k += step;
        }
        while (m.compareTo(new BigDecimal("0.5")) < 0) {
            int step = Math.max(1, (int) ((m.scale() - m.precision()) * 3.3));
            m = m.multiply(TWO.pow(step), DIGITS);
            k -= step;
        }
        return LN2.multiply(BigDecimal.valueOf(k)).add(artanhTwice(m.subtract(ONE).divide(m.add(ONE), DIGITS)), DIGITS);
    }

    static BigDecimal log1p(BigDecimal x) {
        return x.abs().compareTo(QUARTER) < 0 ? artanhTwice(x.divide(x.add(TWO, DIGITS), DIGITS)) : log(x.add(ONE));
    }

    static BigDecimal tanh(BigDecimal x) {
        if (x.abs().compareTo(BigDecimal.valueOf(60)) > 0) {
            return BigDecimal.valueOf(x.signum());
        }
        BigDecimal u = expm1(x.multiply(TWO));
        return u.divide(u.add(TWO), DIGITS);
    }

    static BigDecimal sigmoid(BigDecimal x) {
        BigDecimal e = exp(x.abs().min(FAR).negate());
        return (x.signum() < 0 ? e : ONE).divide(e.add(ONE), DIGITS);
    }

    static BigDecimal softplus(BigDecimal x) {
        BigDecimal tail = log1p(exp(x.abs().min(FAR).negate()));
        return x.signum() < 0 ? tail : x.add(tail);
    }

    private static BigDecimal expm1Series(BigDecimal r) {
        BigDecimal sum = BigDecimal.ZERO;
        BigDecimal term = r.round(DIGITS);
        for (int i = 2; term.signum() != 0 && (sum.signum() == 0 || exponent(term) > exponent(sum) - 50); i++) {
            sum = sum.add(term, DIGITS);
            term = term.multiply(r, DIGITS).divide(BigDecimal.valueOf(i), DIGITS);
        }
        return sum;
    }

    /** 2 artanh(s) = log((1 + s) / (1 - s)). */
    private static BigDecimal artanhTwice(BigDecimal s) {
        BigDecimal square = s.multiply(s, DIGITS);
        BigDecimal sum = BigDecimal.ZERO;
        BigDecimal power = s.multiply(TWO);
        for (int i = 1; power.signum() != 0 && (sum.signum() == 0 || exponent(power) > exponent(sum) - 50); i += 2) {
            sum = sum.add(power.divide(BigDecimal.valueOf(i), DIGITS), DIGITS);
            power = power.multiply(square, DIGITS);
        }
        return sum;
    }

    private static int exponent(BigDecimal x) {
        return x.precision() - x.scale();
    }
}
