package intarsia.estimators;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import intarsia.models.Model;
import intarsia.models.data.Observations;
import intarsia.models.data.Source;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** Runs a model's ONNX file by ONNX Runtime. */
final class OnnxRuntime implements AutoCloseable {
    private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
    private final OrtSession session;

    private OnnxRuntime(byte[] file) throws OrtException {
        session = environment.createSession(file);
    }

    static OnnxRuntime of(byte[] file) {
        try {
            return new OnnxRuntime(file);
        } catch (OrtException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Predictions of rows of a task; a source that they lack is not present. */
    double[] predict(Model model, String task, Observations rows) {
        Map<String, OnnxTensor> inputs = new LinkedHashMap<>();
        try {
            inputs.put("task", OnnxTensor.createTensor(environment, new String[] {task}));
            for (Source source : model.sources()) {
                double[][] block = rows.blocks().get(source);
                boolean[] present = new boolean[rows.size()];
                Arrays.fill(present, block != null);
                inputs.put(source.name(), OnnxTensor.createTensor(environment,
                        block == null ? new double[rows.size()][source.columns().size()] : block));
                inputs.put(source.name() + ".present", OnnxTensor.createTensor(environment, present));
            }
            inputs.keySet().retainAll(session.getInputNames());
            try (OrtSession.Result result = session.run(inputs)) {
                double[][] predictions = (double[][]) result.get(0).getValue();
                return Arrays.stream(predictions).flatMapToDouble(Arrays::stream).toArray();
            }
        } catch (OrtException e) {
            throw new IllegalStateException(e);
        } finally {
            inputs.values().forEach(OnnxTensor::close);
        }
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException(e);
        }
    }
}
