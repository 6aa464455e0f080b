package intarsia.models.files;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.IOException;
import java.util.Arrays;

/**
 * Real numbers from JSON as numbers only: the strings "NaN" and "Infinity", which Jackson would take for them, are refused, and so is
 * 1e999, which it would take for infinity.
 */
final class FiniteNumbers {
    private FiniteNumbers() {}

    static SimpleModule module() {
        return new SimpleModule("finite numbers").addDeserializer(Double.class, new Number(false)).addDeserializer(double.class,
                new Number(true))
                .addDeserializer(double[].class, new Numbers());
    }

    private static double number(JsonParser json, DeserializationContext context) throws IOException {
        if (!json.currentToken().isNumeric()) {
            return context.reportInputMismatch(double.class, "Cannot take %s for a number", json.currentToken().isScalarValue()
                    ? "'" + json.getText() + "'" : "a list or an object");
        }
        double number = json.getDoubleValue();
        return Double.isFinite(number) ? number : context.reportInputMismatch(double.class, "%s is not a finite number", json.getText());
    }

    private static final class Number extends StdDeserializer<Double> {
        private static final long serialVersionUID = 1L;
        private final boolean primitive;

        Number(boolean primitive) {
            super(primitive ? double.class : Double.class);
            this.primitive = primitive;
        }

        @Override
        public Double deserialize(JsonParser json, DeserializationContext context) throws IOException {
            return number(json, context);
        }

        @Override
        public Double getNullValue(DeserializationContext context) throws com.fasterxml.jackson.databind.JsonMappingException {
            return primitive ? context.reportInputMismatch(double.class, "Cannot map `null` into type `double`") : null;
        }
    }

    private static final class Numbers extends StdDeserializer<double[]> {
        private static final long serialVersionUID = 1L;

        Numbers() {
            super(double[].class);
        }

        @Override
        public double[] deserialize(JsonParser json, DeserializationContext context) throws IOException {
            if (!json.isExpectedStartArrayToken()) {
                return context.reportInputMismatch(double[].class, "Cannot take %s for a list of numbers", json.currentToken());
            }
            double[] numbers = new double[16];
            int count = 0;
            while (json.nextToken() != JsonToken.END_ARRAY) {
                if (count == numbers.length) {
                    numbers = Arrays.copyOf(numbers, 2 * count);
                }
                numbers[count++] = number(json, context);
            }
            return Arrays.copyOf(numbers, count);
        }
    }
}
