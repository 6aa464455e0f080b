package intarsia.models.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Numbers that are read without a second look have the bits of Double.parseDouble, from a whole text and from a piece of a file. */
final class PlainNumbersTest {
    private final SplittableRandom random = new SplittableRandom(20);

    private int left;

    private void check(String cell) {
        double whole = NumberStyle.plain("," + cell, 1, cell.length() + 1, '.');
        long bits = Double.doubleToLongBits(whole);
        boolean same = Double.isNaN(whole) || bits == Double.doubleToLongBits(Double.parseDouble(cell));
        if (!same || bits != Double.doubleToLongBits(piece(cell))) {
            assertThat(new double[] {whole, piece(cell)}).as(cell).containsOnly(Double.parseDouble(cell));
        }
        left += Double.isNaN(whole) ? 1 : 0;
    }

    /** The second of three cells, looked at by itself and with the third. */
    private static double piece(String cell) {
        byte[] row = ("x," + cell + ",-2.5\n").getBytes(StandardCharsets.US_ASCII);
        byte[] bytes = Arrays.copyOf(row, row.length + PlainCells.SPARE);
        PlainCells cells = new PlainCells(3);
        cells.at(bytes, 0);
        double[] both = new double[2];
        int after = PlainCells.numbers(bytes, 0, new int[] {1, 2}, both);
        if (cells.number(2) != -2.5 || both[1] != -2.5 || after != row.length
                || Double.doubleToLongBits(both[0]) != Double.doubleToLongBits(cells.number(1))) {
            assertThat(new double[] {cells.number(2), both[1], after, both[0]}).as(cell).containsExactly(-2.5, -2.5, row.length,
                    cells.number(1));
        }
        return both[0];
    }

    /** Up to 18 digits from the first that is not 0 on, up to 22 of them after the point: two million, of every length. */
    @Test
    void anyDigits() {
        for (int n = 0; n < 2_000_000; n++) {
            int count = random.nextInt(1, 19);
            int zeros = random.nextInt(5);
            int places = random.nextInt(Math.min(22, count + zeros) + 1);
            StringBuilder cell = new StringBuilder("0".repeat(zeros));
            for (int i = 0; i < count; i++) {
                cell.append((char) ('0' + random.nextInt(10)));
            }
            if (places > 0) {
                cell.insert(cell.length() - places, '.');
            }
            check(random.nextBoolean() ? "-" + cell : cell.toString());
        }
        // Integers and a half, of 16 digits and more.
        assertThat(left).isLessThan(20_000);
    }

    /** Doubles as programs write them, with all their digits: 17 and more; an exponent is left to others. */
    @Test
    void asWritten() {
        for (int n = 0; n < 500_000; n++) {
            check(Double.toString(random.nextDouble() * Math.pow(10, random.nextInt(-3, 7))));
            check(BigDecimal.valueOf(random.nextDouble()).movePointLeft(random.nextInt(4)).toPlainString());
        }
        assertThat(left).isLessThan(100_000);
    }

    /** Half way between two doubles, and next to it: where rounding is hardest. */
    @Test
    void halfWays() {
        for (int n = 0; n < 500_000; n++) {
            double low = random.nextLong(1L << 52, 1L << 53) * Math.pow(2, random.nextInt(-5, 5));
            BigDecimal half = new BigDecimal(low).add(new BigDecimal(Math.nextUp(low))).divide(BigDecimal.valueOf(2));
            for (int ulp = -1; ulp <= 1; ulp++) {
                BigDecimal near = half.add(BigDecimal.valueOf(ulp, half.scale()));
                check(near.toPlainString());
            }
        }
    }

    /** Any columns of a row, between cells that are empty, long or in other alphabets. */
    @Test
    void anyColumns() {
        String[] cells = {"1.5", "", "-0.25", "\u00e9t\u00e9 \u4e2d", "12345678", "-1234567", "-12345678", "a long text + more", "7"};
        double[] said = {1.5, Double.NaN, -0.25, Double.NaN, 12345678, -1234567, -12345678, Double.NaN, 7};
        byte[] row = ("#\n" + String.join(",", cells) + "\n").getBytes(StandardCharsets.UTF_8);
        byte[] bytes = Arrays.copyOf(row, row.length + PlainCells.SPARE);
        for (int subset = 0; subset < 1 << cells.length; subset++) {
            int some = subset;
            int[] columns = IntStream.range(0, cells.length).filter(j -> (some >> j & 1) == 1).toArray();
            double[] to = new double[columns.length];
            int after = PlainCells.numbers(bytes, 2, columns, to);
            assertThat(to).containsExactly(IntStream.of(columns).mapToDouble(j -> said[j]).toArray());
            int last = columns.length == 0 ? 0 : columns[columns.length - 1] + 1;
            assertThat(after).isEqualTo(2 + IntStream.range(0, last).map(j -> cells[j].getBytes(StandardCharsets.UTF_8).length + 1).sum());
        }
    }

    @Test
    void leftToOthers() {
        for (String cell : new String[] {"", "-", ".", "-.", "1e3", "+1", "1.2.3", " 1", "1 ", "0x1", "1234567890123456789",
            "0.00000000000000000000001", "1,5".replace(',', ';'), "1-2", "-1-", "--1", "1+1", "1 2", "1/2", "\"1\""}) {
            assertThat(NumberStyle.plain(cell, 0, cell.length(), '.')).as(cell).isNaN();
            assertThat(piece(cell)).as(cell).isNaN();
        }
        assertThat(1 / piece("-0.0")).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(piece("0.00000000000000000000")).isZero();
    }
}
