/** What an executor is asked first. Classes here are compiled for Java 17, so that an executor too old for all others can say so. */
package intarsia.models.spark.probe;
