package intarsia.models.files;

import intarsia.models.response.Count;
import intarsia.models.response.Survival;
import java.util.Arrays;
import java.util.List;

/** Reads the responses in one file, each number held against what it may be where it stands. O(1) a row. */
final class ResponseCells {
    private final DataTable table;
    private final Schema.Response response;
    /** One for each of the response's columns. */
    private final List<ColumnReader> readers;

    ResponseCells(DataTable table, Schema.Response response, List<ColumnReader> readers) {
        this.table = table;
        this.response = response;
        this.readers = readers;
    }

    /**
     * A row's response.
     *
     * @return as many numbers as the family has; all NaN if one of the cells is missing
     * @throws FileException at the cell if it says nothing that the response can be
     */
    double[] ifGiven(int row) {
        double[] y = new double[response.family().columns()];
        boolean missing = false;
        for (int k = 0; k < readers.size(); k++) {
            y[k] = readers.get(k).read(row);
            missing |= Double.isNaN(y[k]);
        }
        for (int k = 0; k < readers.size(); k++) {
            String problem = problem(y, k);
            if (problem != null) {
                throw error(row, k, ": " + Text.quoted(table.cell(row, response.columns().get(k))) + " " + problem
                        + "; correct it, or take the row out");
            }
        }
        if (missing) {
            Arrays.fill(y, Double.NaN);
        } else if (response.above() != null) {
            y[0] = y[0] > response.above() ? 1 : 0;
        }
        return y;
    }

    /** Whether a row has something in each cell that is not said to be missing, whatever it is. */
    boolean says(int row) {
        return readers.stream().noneMatch(reader -> reader.isMissing(row));
    }

    /** Why a number cannot stand at its place; null if it can, or is missing. */
    private String problem(double[] y, int k) {
        boolean whole = y[k] == Math.rint(y[k]) && y[k] <= Integer.MAX_VALUE;
        return switch (response.family()) {
            case Count _ when k == 0 -> y[k] < 0 || !Double.isNaN(y[k]) && !whole ? "is not a count, which is 0, 1, 2, ..." : null;
            case Count _ -> y[k] <= 0 ? "is not an exposure, which is above 0" : null;
            case Survival _ when k == 0 -> y[k] <= 0 ? "is not a time to an event, which is above 0" : null;
            case Survival _ when k == 2 -> y[k] < 0 ? "is not a time of entry, which is 0 or above"
                    : y[k] >= y[0] ? "is not before the row's " + Text.quoted(response.columns().getFirst()) + ", " + Schema.plain(y[0])
                    + ": a row is seen from its entry until then" : null;
            default -> null;
        };
    }

    /**
     * The same of a row that has to have one.
     *
     * @throws FileException if it is missing
     */
    double[] required(int row) {
        double[] y = ifGiven(row);
        if (Double.isNaN(y[0])) {
            for (int k = 0; k < readers.size(); k++) {
                String cell = table.cell(row, response.columns().get(k));
                if (Double.isNaN(readers.get(k).read(row))) {
                    throw error(row, k, " is missing" + (cell.isEmpty() ? "" : " (" + Text.quoted(cell) + ")")
                            + "; give it, or take the row out");
                }
            }
        }
        return y;
    }

    private FileException error(int row, int k, String message) {
        String column = response.columns().get(k);
        return table.error(row, column, "response " + Text.quoted(column) + message);
    }
}
