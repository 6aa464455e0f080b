package intarsia.fuzz;

import java.util.random.RandomGenerator;

/** Makes one random change to an input. The same state of the generator gives the same change. */
@FunctionalInterface
interface Mutator {
    /** The changed input. */
    String mutate(String input, RandomGenerator random);
}
