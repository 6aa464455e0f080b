package intarsia.models.trees;

import intarsia.models.response.ResponseFamily;
import java.util.Map;
import java.util.function.Function;

/**
 * One way to grow trees.
 *
 * @param chosen     what makes it differ from the others, for people
 * @param mostRounds the most rounds
 * @param patience   rounds without a smaller validation loss that end it
 * @param unjudged   rounds where there are no validation rows
 * @param parameters XGBoost's, for responses of a family
 */
record Recipe(Map<String, String> chosen, int mostRounds, int patience, int unjudged,
        Function<ResponseFamily, Map<String, Object>> parameters) {}
