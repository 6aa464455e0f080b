package intarsia.models.files;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A small good study on disk, to be spoiled by a test. */
record StudyFolder(Path path) {
    static final String STUDY = """
            id = "id"
            [response]
            column = "y"
            kind = "binary"
            [tasks]
            a = "a.csv"
            b = "b.csv"
            [sources]
            exam = ["x1", "x2"]
            labs = ["z"]
            [columns]
            x2 = { kind = "binary" }
            z = { kind = "categorical", levels = ["low", 2] }
            """;
    static final String A = """
            id,x1,x2,z,y
            p1,1.5,0,low,0
            p2,2,1,2.0,1
            p3,,0,,1
            """;
    static final String B = """
            id,x1,x2,y
            q1,-1e-2,1,0
            q2,.5,1.0,1
            """;

    static StudyFolder good(Path path) {
        return new StudyFolder(path).write("study.toml", STUDY).write("a.csv", A).write("b.csv", B);
    }

    StudyFolder write(String file, String text) {
        return write(file, text.getBytes(StandardCharsets.UTF_8));
    }

    StudyFolder write(String file, byte[] bytes) {
        try {
            Files.write(path.resolve(file), bytes);
            return this;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Replaces text that must be there. */
    StudyFolder edit(String file, String from, String to) {
        try {
            String text = Files.readString(path.resolve(file));
            if (!text.contains(from)) {
                throw new AssertionError(file + " has no " + from);
            }
            return write(file, text.replace(from, to));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    StudyFolder delete(String file) {
        try {
            Files.delete(path.resolve(file));
            return this;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
