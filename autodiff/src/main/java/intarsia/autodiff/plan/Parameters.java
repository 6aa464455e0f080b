package intarsia.autodiff.plan;

import intarsia.autodiff.Graph;
import intarsia.autodiff.Node;
import intarsia.autodiff.Op;
import intarsia.linalg.Engine;
import intarsia.linalg.RandomStream;
import intarsia.linalg.Shape;
import intarsia.linalg.ShapeException;
import intarsia.linalg.Tensor;
import intarsia.linalg.View;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What is learned: the values of a graph's parameters, one after another in a single buffer, and a buffer of the same layout for their
 * gradients. Plans of this graph, and of any other that declares parameters of the same names and shapes, share them; an optimizer sees two
 * flat vectors.
 */
public final class Parameters {
    private record Place(Shape shape, int offset) {}

    private final Engine engine;
    private final Map<String, Place> places;
    private final View values;
    private final View gradients;

    private Parameters(Engine engine, Map<String, Place> places, View values, View gradients) {
        this.engine = engine;
        this.places = places;
        this.values = values;
        this.gradients = gradients;
    }

    /** The parameters of a graph, begun as declared; each draws from the stream's child of its own name, whatever else there is. */
    public static Parameters of(Engine engine, Graph graph, RandomStream random) {
        Map<String, Place> places = new LinkedHashMap<>();
        int size = 0;
        for (var entry : graph.parameters().entrySet()) {
            places.put(entry.getKey(), new Place(entry.getValue().shape(), size));
            size = Storage.after(size, Storage.padded(entry.getValue().shape().size()));
        }
        Parameters parameters = new Parameters(engine, Collections.unmodifiableMap(places), View.of(engine.kernels().allocate(size)),
                View.of(engine.kernels().allocate(size)));
        graph.parameters().forEach((name, node) ->
                parameters.set(name, ((Op.Parameter) node.op()).init().draw(node.shape(), random.child(name))));
        return parameters;
    }

    /**
     * The same parameters with other values, such as an average of these: plans on them read those.
     *
     * @param others laid out like {@link #values()}
     */
    public Parameters withValues(View others) {
        if (others.size() != values.size()) {
            throw new ShapeException("parameters of " + values.size() + " values were given " + others.size());
        }
        return new Parameters(engine, places, others, gradients);
    }

    /** The engine whose memory they live in. */
    public Engine engine() {
        return engine;
    }

    /** All values as one flat vector; there is unused room, which stays 0, between some. */
    public View values() {
        return values;
    }

    /** All gradients, laid out like the values; written by training plans. */
    public View gradients() {
        return gradients;
    }

    /** How many numbers are learned. */
    public int count() {
        return places.values().stream().mapToInt(place -> place.shape().size()).sum();
    }

    /** The values of one parameter. */
    public Tensor get(String name) {
        return read(place(name), values);
    }

    /** The gradient of one parameter as the last run of a training plan left it. */
    public Tensor gradient(String name) {
        return read(place(name), gradients);
    }

    /** Where one parameter begins in the flat vectors. */
    public int offset(String name) {
        return place(name).offset();
    }

    /** Sets the values of one parameter. */
    public void set(String name, Tensor value) {
        Place place = place(name);
        if (!value.shape().equals(place.shape())) {
            throw new ShapeException("parameter '" + name + "' is " + place.shape() + ", was given " + value.shape());
        }
        engine.kernels().upload(value.toDoubles(), 0, at(place, values));
    }

    /** All values by name, in order of declaration, as fresh tensors of the engine's precision. */
    public Map<String, Tensor> toMap() {
        Map<String, Tensor> all = new LinkedHashMap<>();
        places.keySet().forEach(name -> all.put(name, get(name)));
        return all;
    }

    /**
     * Sets all values.
     *
     * @throws IllegalArgumentException if a name is missing or unknown
     * @throws ShapeException if a shape differs
     */
    public void setAll(Map<String, Tensor> all) {
        if (!all.keySet().equals(places.keySet())) {
            throw new IllegalArgumentException("parameters " + places.keySet() + " were given values for " + all.keySet());
        }
        all.forEach(this::set);
    }

    View valueOf(Node parameter) {
        return checked(parameter, values);
    }

    View gradientOf(Node parameter) {
        return checked(parameter, gradients);
    }

    private View checked(Node parameter, View flat) {
        Place place = place(((Op.Parameter) parameter.op()).name());
        if (!place.shape().equals(parameter.shape())) {
            throw new ShapeException("parameter " + parameter + " is " + place.shape() + " in the parameters given");
        }
        return at(place, flat);
    }

    private Place place(String name) {
        Place place = places.get(name);
        if (place == null) {
            throw new IllegalArgumentException("no parameter '" + name + "'; there are " + places.keySet());
        }
        return place;
    }

    private Tensor read(Place place, View flat) {
        double[] numbers = new double[place.shape().size()];
        engine.kernels().download(at(place, flat), numbers, 0);
        return Tensor.of(place.shape(), numbers).to(engine.precision());
    }

    private static View at(Place place, View flat) {
        return new View(flat.buffer(), place.offset(), place.shape().rows(), place.shape().columns(), place.shape().columns());
    }
}
