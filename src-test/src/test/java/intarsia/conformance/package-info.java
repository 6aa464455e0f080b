/** Every kernel against an independent formula, on every provider, and the same bits from all of them. */
package intarsia.conformance;
