package intarsia.fuzz;

import java.util.List;

/**
 * A kind of input that is fuzzed.
 *
 * @param name    the kind
 * @param mutator makes the changes
 * @param starts  valid inputs, from which all others are made
 */
record Target(String name, Mutator mutator, List<Start> starts) {
    /**
     * A valid input.
     *
     * @param text    the input; bytes are Latin-1 characters
     * @param reading reads it and what is made of it
     */
    record Start(String text, Reading reading) {}

    /** Reads an input as a user would. */
    @FunctionalInterface
    interface Reading {
        /**
         * Reads an input.
         *
         * @throws intarsia.models.data.DataException if the input is refused
         * @throws AssertionError                     if it is read, and an independent reader reads it differently
         */
        void read(String input) throws Exception;
    }

    @Override
    public String toString() {
        return name;
    }
}
