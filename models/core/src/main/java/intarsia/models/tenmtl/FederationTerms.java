package intarsia.models.tenmtl;

import intarsia.linalg.Shape;
import java.util.List;

/**
 * What must be the same for all participants of a federated fit.
 *
 * @param family   key of the responses' family
 * @param response how responses are read, in words; empty where nobody says it
 * @param row      the shape of a row's predictors
 * @param features what columns become, with their sources and how they are read
 */
public record FederationTerms(String family, String response, Shape row, List<String> features) {
    /** Copies the list. */
    public FederationTerms {
        features = List.copyOf(features);
    }

    /** What differs from others' in words, or null. */
    public String difference(FederationTerms others) {
        if (!family.equals(others.family)) {
            return "responses are " + family + ", those of others " + others.family;
        }
        if (!response.equals(others.response)) {
            return "the response is " + response + ", that of others " + others.response;
        }
        for (int f = 0; f < Math.max(features.size(), others.features.size()); f++) {
            String here = f < features.size() ? "'" + features.get(f) + "'" : "missing";
            String there = f < others.features.size() ? "'" + others.features.get(f) + "'" : "missing";
            if (!here.equals(there)) {
                return "feature " + (f + 1) + " is " + here + ", that of others " + there;
            }
        }
        return row.equals(others.row) ? null : "rows are " + row + ", those of others " + others.row;
    }
}
