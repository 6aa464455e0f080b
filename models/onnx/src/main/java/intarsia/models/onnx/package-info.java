/**
 * Models written as ONNX: {@link intarsia.models.onnx.OnnxExport} records a model's predictions as a graph, {@code OnnxNodes} names the
 * ONNX operators of its nodes, {@code OnnxGraph} and {@code Message} write them down.
 */
package intarsia.models.onnx;
