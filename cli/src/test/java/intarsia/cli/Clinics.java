package intarsia.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.random.RandomGenerator;

/** A small study that is fitted in a moment: the blood pressure of thirty patients at each of two clinics, one of which has no labs. */
final class Clinics {
    private Clinics() {}

    /** Writes it into a new folder {@code clinics}, with these lines of {@code [fit]}, and says where. */
    static Path write(Path parent, String fit, RandomGenerator random) throws IOException {
        Path study = Files.createDirectory(parent.resolve("clinics"));
        Files.writeString(study.resolve("study.toml"), """
                [response]
                column = "pressure"
                kind = "continuous"
                [tasks]
                north = "north.csv"
                south = "south.csv"
                [sources]
                exam = ["age"]
                labs = ["crp"]
                [fit]
                """ + fit);
        patients(study.resolve("north.csv"), true, random);
        patients(study.resolve("south.csv"), false, random);
        return study;
    }

    /** Writes the patients of one clinic. */
    static void patients(Path csv, boolean labs, RandomGenerator random) throws IOException {
        StringBuilder text = new StringBuilder(labs ? "age,crp,pressure\n" : "age,pressure\n");
        for (int i = 0; i < 30; i++) {
            int age = random.nextInt(30, 80);
            double crp = Math.round(random.nextDouble(1, 9));
            text.append(age).append(labs ? "," + crp : "").append(',').append(100 + age / 2 + 2 * crp).append('\n');
        }
        Files.writeString(csv, text);
    }
}
