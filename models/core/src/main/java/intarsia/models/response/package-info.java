/** Responses: their distributions, losses and metrics. A new kind of response is one file here. */
package intarsia.models.response;
