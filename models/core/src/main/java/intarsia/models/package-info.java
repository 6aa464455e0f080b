/**
 * Multi-task models and what they need: {@code data} (tasks with blocks), {@code net} (networks and their training), {@code hmb} (MTL-HMB),
 * {@code baseline} (single-task models to compare with), {@code evaluation} (metrics, repeated splits).
 */
package intarsia.models;
