/** Tables in Parquet files, read by Hardwood. */
package intarsia.models.parquet;
