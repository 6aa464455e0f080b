/** What reading, fitting and predicting cost as data grow: {@code bench/cost --help} says how it is run. */
package intarsia.bench.cost;
