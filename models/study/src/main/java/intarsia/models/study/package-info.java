/**
 * Studies: methods compared on data drawn again and again. This package is what all studies share; each study is a package below it that
 * brings its settings, methods, measures, tables and figures, as {@code hmb} does, and a command of a page.
 *
 * {@snippet class="intarsia.tutorial.OwnStudyTutorial" region="setting"}
 * {@snippet class="intarsia.tutorial.OwnStudyTutorial" region="work"}
 * {@snippet class="intarsia.tutorial.OwnStudyTutorial" region="run"}
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
