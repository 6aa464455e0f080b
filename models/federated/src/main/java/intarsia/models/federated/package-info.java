/**
 * Fits of rows that stay where they are. A coordinator asks, nodes answer for the individuals that they hold, and only the sum of all
 * answers is known: each answer is masked by numbers that two nodes each have agreed upon and that cancel in the sum. Messages go over TLS
 * with certificates on both sides; all cryptography is the JDK's.
 */
package intarsia.models.federated;
