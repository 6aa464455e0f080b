package intarsia.models.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import intarsia.models.data.Moments;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonTest {
    /** Something a model might save. */
    record Saved(String name, int width, double rate, boolean best, Double above, List<Layer> layers, Map<String, Double> auc) {
        Saved {
            if (width < 1) {
                throw new IllegalArgumentException("width " + width + ": must be at least 1");
            }
        }
    }

    record Layer(String kind, int[] sizes) {}

    private static final Saved EXAMPLE = new Saved("a", 64, 1e-3, true, null, List.of(), Map.of("va", 0.75));

    @TempDir
    private Path folder;

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("m.json"), text);
    }

    @Test
    void comesBackAsItWas() throws IOException {
        assertThat(Json.read(file(Json.write(EXAMPLE)), Saved.class)).isEqualTo(EXAMPLE);
        assertThat(Json.write(EXAMPLE)).isEqualTo("""
                {
                  "name" : "a",
                  "width" : 64,
                  "rate" : 0.001,
                  "best" : true,
                  "above" : null,
                  "layers" : [ ],
                  "auc" : {
                    "va" : 0.75
                  }
                }
                """);
    }

    @Test
    void refusesAScaleThatNothingCanBeDividedBy() throws IOException {
        Path json = file("{\n  \"mean\" : 0.5,\n  \"scale\" : -1.0\n}\n");
        assertThatThrownBy(() -> Json.read(json, Moments.class)).isInstanceOf(FileException.class)
                .hasMessageContaining("m.json:").hasMessageContaining("mean 0.5 and scale -1.0: must be finite, the scale not negative");
    }

    /** A file of which only the first fields are wanted is complained about for what is wrong in it, not for the other fields. */
    @Test
    void theHeadOfAFileSaysWhatIsWrong() throws IOException {
        Path json = file("");
        byte[] twice = "{\n  \"kind\" : \"a\",\n  \"rest\" : 1,\n  \"rest\" : 2,\n  \"sizes\" : [ 1 ]\n}\n"
                .getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> Json.head(json, twice, Layer.class)).isInstanceOf(FileException.class)
                .hasMessageContaining("m.json:4:").hasMessageContaining("Duplicate field 'rest'");
    }

    @Test
    void keepsEveryBitOfADouble() throws IOException {
        for (double x : new double[] {Math.PI, Double.MIN_VALUE, -Double.MAX_VALUE, 0.1 + 0.2, -0.0}) {
            assertThat(Json.read(file(Json.write(List.of(x))), double[].class)).containsExactly(x);
        }
    }

    @Test
    void refusesToWriteWhatJsonCannotSay() {
        assertThatThrownBy(() -> Json.write(Map.of("auc", List.of(0.5, Double.NaN)))).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("JSON has no word for NaN (.auc[1]); give null instead");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', value = {
        "\"best\" : true    | \"best\" : true, \"nam\" : 1 | unknown field 'nam'; did you mean 'name'?",
        "\"name\"           | \"nam\"          | name: is missing",
        "\"width\" : 64,    |                  | width: is missing",
        "\"width\" : 64     | \"width\" : 1.5  | width: Cannot coerce Floating-point value (1.5) to `int`",
        "\"width\" : 64     | \"width\" : \"x\"| width: Cannot",
        "\"width\" : 64     | \"width\" : \"6\"| width: Cannot",
        "\"width\" : 64     | \"width\" : null | width: Cannot map `null` into type `int`",
        "\"width\" : 64     | \"width\" : 0    | width 0: must be at least 1",
        "\"width\" : 64     | \"width\" : 6, \"width\" : 7 | is no JSON: Duplicate field 'width'",
        "\"va\" : 0.75      | \"va\" : NaN     | Non-standard token 'NaN'",
        "\"va\" : 0.75      | \"va\" : \"NaN\" | auc.va: Cannot take 'NaN' for a number",
        "\"va\" : 0.75      | \"va\" : 1e999   | auc.va: 1e999 is not a finite number",
        "\"rate\" : 0.001   | \"rate\" : \"Infinity\" | rate: Cannot take 'Infinity' for a number",
        "\"rate\" : 0.001   | \"rate\" : null  | rate: Cannot map `null` into type `double`",
        "\"rate\" : 0.001   | \"rate\" : []    | rate: Cannot take a list or an object for a number",
        "\"best\" : true    | \"best\" : tru   | is no JSON: Unrecognized token 'tru'",
        "\"best\" : true    | \"best\" : 1     | best: Cannot",
        "[ ]                | [ { \"kind\" : \"relu\" } ] | layers[0].sizes: is missing"})
    void refusesWhatTheRecordDoesNotSay(String from, String to, String message) throws IOException {
        String text = Json.write(EXAMPLE);
        assertThat(text).contains(from);
        Path file = file(text.replace(from, to == null ? "" : to));
        assertThatThrownBy(() -> Json.read(file, Saved.class)).isInstanceOf(FileException.class)
                .hasMessageContaining(message).hasMessageMatching("(?s).*m\\.json:\\d+:\\d+: .*")
                .satisfies(e -> assertThat(e.getMessage().lines()).hasSize(1));
    }

    @Test
    void refusesWhatNestsTooDeep() throws IOException {
        for (String deep : new String[] {"[".repeat(100_000), "{\"a\":".repeat(100_000)}) {
            Path file = file("{\n\"layers\" : " + deep);
            assertThatThrownBy(() -> Json.read(file, Saved.class)).isInstanceOf(FileException.class).hasMessageContaining("m.json:");
            byte[] bytes = ("{\n\"other\" : " + deep).getBytes(StandardCharsets.UTF_8);
            assertThatThrownBy(() -> Json.head(file, bytes, Layer.class)).isInstanceOf(FileException.class)
                    .hasMessageContaining("Document nesting depth (65) exceeds the maximum allowed (64)");
        }
    }

    @Test
    void refusesNumbersThatAreNotFiniteInLists() throws IOException {
        assertThat(Json.read(file("[[1, 2.5], []]"), double[][].class)).isDeepEqualTo(new double[][] {{1, 2.5}, {}});
        for (String bad : new String[] {"[1, \"NaN\"]", "[1e999]", "[null]", "[[1]]", "\"NaN\"", "{}"}) {
            Path file = file(bad);
            assertThatThrownBy(() -> Json.read(file, double[].class)).as(bad).isInstanceOf(FileException.class);
        }
    }

    @Test
    void refusesBytesThatAreNoText() throws IOException {
        Path file = file("");
        assertThatThrownBy(() -> Json.read(file, new byte[] {'{', '"', (byte) 0xC3, '"', '}'}, Saved.class)).hasMessage(file
                + ":1:3: byte 0xC3 is not UTF-8; save the file as UTF-8");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"null", "{}", "[1", "{\"name\":", "x", "{} {}"})
    void refusesOtherText(String text) throws IOException {
        Path file = file(text);
        assertThatThrownBy(() -> Json.read(file, Saved.class)).isInstanceOf(FileException.class);
    }

    @Test
    void survivesEveryTruncation() throws IOException {
        String text = Json.write(EXAMPLE).strip();
        for (int length = 1; length < text.length(); length++) {
            Path file = file(text.substring(0, length));
            assertThatThrownBy(() -> Json.read(file, Saved.class)).isInstanceOf(FileException.class);
        }
    }
}
