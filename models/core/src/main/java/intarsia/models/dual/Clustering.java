package intarsia.models.dual;

/** Points and the nearest of several centers. */
final class Clustering {
    private Clustering() {}

    /** For each point, the number of the nearest center; the first of several equally near. */
    static int[] nearest(double[][] points, double[][] centers) {
        int[] nearest = new int[points.length];
        for (int i = 0; i < points.length; i++) {
            for (int k = 1; k < centers.length; k++) {
                if (Coefficients.distance(points[i], centers[k]) < Coefficients.distance(points[i], centers[nearest[i]])) {
                    nearest[i] = k;
                }
            }
        }
        return nearest;
    }

    /** Points given to centers that are themselves points, each the farthest from those before; the first is the first point (Gonzalez 1985). */
    static int[] spread(double[][] points, int count) {
        double[][] centers = {points[0]};
        while (centers.length < count) {
            int[] nearest = nearest(points, centers);
            int farthest = 0;
            for (int i = 1; i < points.length; i++) {
                if (Coefficients.distance(points[i], centers[nearest[i]])
                        > Coefficients.distance(points[farthest], centers[nearest[farthest]])) {
                    farthest = i;
                }
            }
            double[][] more = java.util.Arrays.copyOf(centers, centers.length + 1);
            more[centers.length] = points[farthest];
            centers = more;
        }
        return nearest(points, centers);
    }
}
