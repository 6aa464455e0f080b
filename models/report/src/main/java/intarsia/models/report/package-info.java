/**
 * Reports: charts, tables, and pages of HTML that need nothing beside them. A {@link intarsia.models.report.Figure} is a picture with its
 * title, words for a reader who does not see it, and the numbers behind it; {@link intarsia.models.report.Plane},
 * {@link intarsia.models.report.IntervalPlot}, {@link intarsia.models.report.LineChart}, {@link intarsia.models.report.HeatMap} and
 * {@link intarsia.models.report.ScatterPlot} draw one. {@link intarsia.models.report.Page} puts them together.
 */
package intarsia.models.report;
