package intarsia.tutorial;

import intarsia.models.report.Figure;

/**
 * The program of a tutorial. Its page quotes regions of its source, which lie between {@code // @start region="name"} and {@code // @end}
 * as in the snippets of javadoc, and what they print.
 */
public interface Tutorial {
    /** Runs all of it. */
    void run(Transcript page) throws Exception;

    /** The page that is being checked. */
    interface Transcript {
        /** Says that what was printed since the last such call belongs to this region. */
        void printed(String region);

        /** Says that this picture belongs to the page. */
        void shows(Figure figure);
    }
}
