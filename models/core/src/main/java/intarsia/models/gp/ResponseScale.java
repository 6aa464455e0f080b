package intarsia.models.gp;

import intarsia.linalg.Elementary;
import intarsia.models.data.FeatureEncoding;
import intarsia.models.data.Moments;
import intarsia.models.data.ResponseEncoding;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The scale on which continuous responses are learned. A few rows' standard deviation is little more than noise, and what tasks share is on
 * one scale: so each task's variance is moderated by that of all (Smyth 2004), and where tasks are alike their responses are centered
 * together, so that tasks' means are learned, shrunk towards each other, as variances say.
 *
 * <pre>
 * s_t^2 := ((n_t - 1) s_t^2 + k S^2) / (n_t - 1 + k)
 * log S = the mean of log s_t,   2 / k = the variance of log s_t^2 over tasks, less the mean of 2 / (n_t - 1); k at most 10^6
 * m_t := the mean of all m_t, where none is farther from it than 5 S and no s_t is beyond S / 10 and 10 S
 * </pre>
 *
 * Tasks in different units have scales far apart: k is near 0 then, and each keeps its own scale and mean.
 *
 * @param together whether responses are centered together
 * @param center   their center then
 * @param common   S; 0 where no response varies
 * @param degrees  k
 */
public record ResponseScale(boolean together, double center, double common, double degrees) {
    private static final double MOST = 1e6;
    private static final double FARTHEST = 5;
    private static final double WIDEST = 10;

    /** Checks all, for those that were read from somewhere. */
    public ResponseScale {
        if (!Double.isFinite(center) || !(common >= 0 && common < Double.POSITIVE_INFINITY) || !(degrees >= 0 && degrees <= MOST)) {
            throw new IllegalArgumentException("response scale " + common + " around " + center + " with " + degrees
                    + " degrees of freedom: must be finite and not negative");
        }
    }

    /**
     * Of tasks.
     *
     * @param encoding with each task's own scale
     * @param rows     for each task with standardized responses how many rows it has
     */
    static ResponseScale of(FeatureEncoding encoding, Map<String, Integer> rows) {
        double log = 0;
        double sampling = 0;
        int count = 0;
        for (Map.Entry<String, Integer> task : rows.entrySet()) {
            double scale = encoding.response().get(task.getKey()).moments().scale();
            if (scale > 0) {
                log += Elementary.log(scale);
                sampling += 2.0 / (task.getValue() - 1);
                count++;
            }
        }
        if (count == 0) {
            return new ResponseScale(false, 0, 0, 0);
        }
        double common = Elementary.exp(log / count);
        double square = 0;
        double widest = 0;
        double center = 0;
        for (String task : rows.keySet()) {
            Moments own = encoding.response().get(task).moments();
            double apart = own.scale() > 0 ? Elementary.log(own.scale() / common) : 0;
            square += 4 * apart * apart;
            widest = Math.max(widest, Math.abs(apart));
            center += own.mean() / rows.size();
        }
        double farthest = 0;
        for (String task : rows.keySet()) {
            farthest = Math.max(farthest, Math.abs(encoding.response().get(task).moments().mean() - center) / common);
        }
        double excess = count == 1 ? 0 : square / (count - 1) - sampling / count;
        return new ResponseScale(farthest <= FARTHEST && widest <= Elementary.log(WIDEST), center, common, excess > 2 / MOST ? 2 / excess
                : MOST);
    }

    /** A task's moments on this scale. */
    Moments moderated(Moments own, int rows) {
        if (common == 0) {
            return own;
        }
        double ratio = own.scale() / common;
        return new Moments(together ? center : own.mean(), common * Math.sqrt(((rows - 1) * ratio * ratio + degrees) / (rows - 1
                + degrees)));
    }

    /** An encoding in which these tasks' responses are on this scale. */
    FeatureEncoding moderated(FeatureEncoding encoding, Map<String, Integer> rows) {
        Map<String, ResponseEncoding> response = new LinkedHashMap<>(encoding.response());
        rows.forEach((task, count) -> response.computeIfPresent(task, (name, own) -> ResponseEncoding.of(moderated(own.moments(), count))));
        return new FeatureEncoding(encoding.scaling(), encoding.features(), response);
    }
}
