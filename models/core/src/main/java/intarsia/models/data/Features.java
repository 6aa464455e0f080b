package intarsia.models.data;

import intarsia.linalg.Elementary;

/** What a network reads of one task's rows, and what its linear predictions stand for. */
public interface Features {
    /** The task's name. */
    String task();

    /** What kind of response it has. */
    Task.ResponseKind kind();

    /** The way from raw cells to features. */
    Encoding encoding();

    /** How many features a row has. */
    int width();

    /** Features of rows, {@code rows x width}, row-major. */
    double[] dense(Observations rows);

    /** Responses that linear predictions stand for: probabilities of a binary one, else the response's own scale. In place. */
    default double[] respond(double[] linear) {
        for (int i = 0; i < linear.length; i++) {
            linear[i] = kind() == Task.ResponseKind.BINARY ? Elementary.sigmoid(linear[i]) : encoding().decodeResponse(task(), linear[i]);
        }
        return linear;
    }
}
