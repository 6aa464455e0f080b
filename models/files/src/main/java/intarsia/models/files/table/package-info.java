/** Tables that are no CSV files: what a format or a database gives, column by column. Knows nothing of studies. */
package intarsia.models.files.table;
