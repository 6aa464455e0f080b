/**
 * Studies: methods compared on data drawn again and again. This package is what all studies share; each study is a package below it that
 * brings its settings, methods, measures, tables and figures, as {@code hmb} does, and a command of a page.
 *
 * <pre>
 * List&lt;Setting&lt;Simulation&gt;&gt; settings = List.of(
 *         new Setting&lt;&gt;("n", "Sample size", "n", "n", List.of(50.0, 100.0, 200.0), n -&gt; Simulation.DEFAULT.rows((int) n)));
 * List&lt;Estimator&gt; methods = List.of(Regression.DEFAULT, MtlHmb.options());
 *
 * StudyPlan&lt;Simulation&gt; plan = new StudyPlan&lt;&gt;("my study 1, seed " + seed, List.of("rmse"),
 *         Item.crossed(settings, methods, replicates), (item, pool) -&gt; {
 *             DataSplit split = item.source().draw(item.replicate(seed).child("data"));    // the same for all methods
 *             double rmse = rmse(item.method(), split, pool, item.own(seed));               // fits it and predicts the test rows
 *             return new ItemCells().number("rmse", rmse);
 *         });
 *
 * Measurements measured = new StudyRunner&lt;&gt;(plan, new LocalExecutor(pool), null).run(folder, Progress.NONE);
 * Comparisons compare = new Comparisons(plan, measured);
 * new StudyReport("My study", List.of("What was found."), figures, List.of(compare.means(setting, "rmse", ""),
 *         compare.paired(setting, methods.getFirst(), "rmse"), compare.effort())).write(folder, plan, measured, command);
 * </pre>
 *
 * <ul>
 * <li>An item's cells are a pure function of the item and what {@code terms} names: no clock, no thread, random
 * numbers from the item's streams only.
 * <li>{@link intarsia.models.study.StudyRunner} has items done by an {@link intarsia.models.execution.ItemExecutor}, writes each into a
 * journal, and resumes where it was killed, to the same bytes.
 * <li>{@link intarsia.models.study.Sample}, {@link intarsia.models.study.PairedTest}: statistics; {@link intarsia.models.report.Table},
 * {@link intarsia.models.report.Figure}: what a report is made of. Figures come from {@link intarsia.models.study.BoxPlots},
 * {@link intarsia.models.report.LineChart} (error bars, log axes, lines to compare with), {@link intarsia.models.report.HeatMap} and
 * {@link intarsia.models.report.ScatterPlot}.
 * <li>A method is an {@link intarsia.models.Estimator}; {@link intarsia.models.study.NetworkChoice} chooses among networks by validation
 * loss.
 * </ul>
 */
package intarsia.models.study;
