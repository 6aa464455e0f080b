/**
 * Measurements, side by side with what people would use instead. A {@link intarsia.bench.Suite} is a JMH class;
 * {@link intarsia.bench.Bench} runs suites in fresh processes and hands their {@link intarsia.bench.Measurement}s to
 * {@link intarsia.bench.Report}, which holds them against the {@link intarsia.bench.Goal}s.
 */
package intarsia.bench;
