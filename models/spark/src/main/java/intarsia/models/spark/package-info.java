/**
 * Items done by executors of Apache Spark. Optional: nothing depends on this module, the program finds it by
 * {@link java.util.ServiceLoader}, and only the profile {@code spark} builds it. Spark is handed items one a task, and does with them what
 * the command's words say; how items are cut, what is kept and what is written is no affair of Spark's.
 */
package intarsia.models.spark;
