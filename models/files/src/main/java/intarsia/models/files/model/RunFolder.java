package intarsia.models.files.model;

import intarsia.models.Model;
import intarsia.models.ModelState;
import intarsia.models.Weights;
import intarsia.models.conformal.Conformal;
import intarsia.models.data.Source;
import intarsia.models.files.FileException;
import intarsia.models.files.FolderWriter;
import intarsia.models.files.Json;
import intarsia.models.files.Manifest;
import intarsia.models.files.NewRowPieces;
import intarsia.models.files.NewRows;
import intarsia.models.files.SafeTensors;
import intarsia.models.files.Schema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * A fitted model on disk, readable from any language: {@code weights.safetensors} holds every learned number, {@code model.json} what they
 * mean, {@code provenance.json} where they come from, {@code training.json} what new rows are compared with, {@code intervals.json} what
 * prediction sets are made by.
 *
 * <pre>
 * RunFolder.save(model, Path.of("saved"));
 * Model model = RunFolder.read(Path.of("saved")).model();
 * </pre>
 *
 * @param model      the model
 * @param schema     how cells of new rows become numbers; null for a model that was saved without a study
 * @param provenance where it comes from; null for a model that was saved without a study
 * @param training   what its study held; null for a model that was saved without a study
 * @param intervals  how far held-out rows were from their predictions; null for a model that was saved without
 */
public record RunFolder(Model model, Schema schema, Provenance provenance, TrainingSummary training, Conformal intervals) {
    private static final String MODEL = "model.json";
    private static final String WEIGHTS = "weights.safetensors";
    private static final String PROVENANCE = "provenance.json";
    private static final String TRAINING = "training.json";
    private static final String INTERVALS = "intervals.json";
    private static final int FORMAT = 3;
    /** Between the name of a member and that of its own members; no model's name holds it. */
    private static final String BELOW = ".";

    /**
     * Where a model comes from.
     *
     * @param programs  what computed it, one after another: what fitted it, and what added a task to it if that is another
     * @param study     the study's folder, as an absolute path
     * @param digest    SHA-256 over the study's files
     * @param files     SHA-256 of each file
     * @param seed      what all random numbers were derived from
     * @param kernels   the kernels that computed it
     * @param precision the precision it was computed in
     */
    public record Provenance(List<Program> programs, String study, String digest, Map<String, String> files, long seed, String kernels,
            String precision) {
        /** Checks that some program computed it. */
        public Provenance {
            if (programs.isEmpty()) {
                throw new IllegalArgumentException("no program computed it");
            }
        }

        /** What fitted it. */
        public Program program() {
            return programs.getFirst();
        }

        /** The same, gone on with by a program. */
        public Provenance and(Program program) {
            Stream<Program> more = programs.getLast().equals(program) ? Stream.of() : Stream.of(program);
            return new Provenance(Stream.concat(programs.stream(), more).toList(), study, digest, files, seed, kernels, precision);
        }
    }

    /** What every {@code model.json} begins with. */
    private record Head(String kind, int format) {}

    /** What {@code model.json} holds. */
    private record Document<S>(String kind, int format, S settings, Schema schema) {}

    /** Writes its files into a folder that is being written. */
    public void write(FolderWriter folder) {
        ModelState state = model.state();
        folder.write(MODEL, Json.write(new Document<>(state.kind(), FORMAT, state.settings(), schema)));
        Weights weights = members(folder, state, "");
        folder.write(WEIGHTS, SafeTensors.of(weights.tensors()).toBytes());
        if (provenance != null) {
            folder.write(PROVENANCE, Json.write(provenance));
        }
        if (training != null) {
            folder.write(TRAINING, Json.write(training));
        }
        if (intervals != null) {
            folder.write(INTERVALS, Json.write(intervals));
        }
    }

    /** Writes the members of a model, theirs too. A member's weights lie below its name. */
    private static Weights members(FolderWriter folder, ModelState state, String path) {
        Weights weights = state.weights();
        for (var member : state.members().entrySet()) {
            ModelState of = member.getValue();
            String own = path + member.getKey();
            folder.write(file(own), Json.write(new Document<>(of.kind(), FORMAT, of.settings(), null)));
            weights = weights.and(members(folder, of, own + BELOW).under(member.getKey()));
        }
        return weights;
    }

    /**
     * Saves a model, whole or not at all.
     *
     * @throws FileException if the folder is there already or cannot be written
     */
    public static void save(Model model, Path folder) {
        try (FolderWriter writer = FolderWriter.begin(folder, false)) {
            new RunFolder(model, null, null, null, null).write(writer);
            writer.commit();
        }
    }

    /** New rows of a file with notes on what the model's study did not hold: numbers far outside its own, sources without a value. */
    public NewRows marked(NewRows rows, Path csv) {
        if (training == null) {
            return rows;
        }
        RowChecks checks = new RowChecks(model, training, String.valueOf(csv.getFileName()));
        NewRows marked = checks.marked(rows);
        return marked.with(Stream.concat(rows.notes().stream(), checks.notes().stream()).toList());
    }

    /**
     * New rows of a file, marked, piece by piece.
     *
     * @param run where this was read from
     * @param task the task of every row, or null: the file's task column says
     * @throws FileException if the file cannot be read
     */
    public RowPieces pieces(Path run, Path csv, String task) {
        Schema schema = schemaFor(run);
        List<String> needed = model.requiredSources().stream().map(Source::name).toList();
        return new RowPieces(NewRowPieces.of(csv, schema, schema.cohorts(model.tasks()), needed, task),
                training == null ? null : new RowChecks(model, training, String.valueOf(csv.getFileName())));
    }

    /**
     * Makes sure that a file is not written into a folder that fit wrote: nothing belongs there but what its manifest lists.
     *
     * @throws FileException if it would be
     */
    public static void keepOut(Path file) {
        for (Path folder = real(file.toAbsolutePath().normalize().getParent()); folder != null; folder = folder.getParent()) {
            if (isOne(folder)) {
                throw new FileException(file, "is inside " + folder + ", a folder that fit wrote; give a place outside it");
            }
        }
    }

    /** Links followed, as far as a folder is there. */
    private static Path real(Path folder) {
        try {
            return Files.exists(folder) ? folder.toRealPath() : real(folder.getParent()).resolve(folder.getFileName());
        } catch (IOException e) {
            return folder;
        }
    }

    /** Whether a folder looks like a run, and not like a study. */
    public static boolean isOne(Path folder) {
        return Files.exists(folder.resolve(Manifest.FILE_NAME)) && Files.exists(folder.resolve(MODEL));
    }

    /**
     * Reads a model. Its settings, schema and weights are checked against each other.
     *
     * @throws FileException if the folder is missing, foreign or damaged, or its parts do not fit each other
     */
    public static RunFolder read(Path folder) {
        Manifest files = Manifest.open(folder);
        Path file = folder.resolve(MODEL);
        Weights weights = new Weights(files.tensors(WEIGHTS).tensors());
        ModelKinds.Saved<?> kind = kind(file, files.bytes(MODEL));
        Document<?> document = Json.read(file, files.bytes(MODEL), Document.class, kind.settings());
        return whole(file, () -> {
            Model model = new Reading(folder, files).model(kind, (Record) document.settings(), file, "", weights);
            SchemaCheck.check(model, document.schema());
            return new RunFolder(model, document.schema(), files.has(PROVENANCE) ? files.json(PROVENANCE, Provenance.class) : null,
                    files.has(TRAINING) ? files.json(TRAINING, TrainingSummary.class) : null,
                    files.has(INTERVALS) ? files.json(INTERVALS, Conformal.class) : null);
        });
    }

    /** Reads models that are made of others, which may be so too. */
    private record Reading(Path folder, Manifest files) {
        /**
         * A model with its members.
         *
         * @param at      the file it is read from
         * @param path    what its members' names are told apart by
         * @param weights its own, and those of its members below their names
         */
        Model model(ModelKinds.Saved<?> kind, Record settings, Path at, String path, Weights weights) {
            Map<String, Model> members = new LinkedHashMap<>();
            Weights own = weights;
            for (String name : whole(at, () -> kind.names(settings))) {
                String file = file(path + name);
                if (!files.has(file)) {
                    throw new FileException(at, "has a member '" + name + "', and the folder no " + file + "; run fit again");
                }
                Path member = folder.resolve(file);
                ModelKinds.Saved<?> of = kind(member, files.bytes(file));
                Document<?> read = Json.read(member, files.bytes(file), Document.class, of.settings());
                members.put(name, model(of, (Record) read.settings(), member, path + name + BELOW, weights.below(name)));
                own = own.without(name);
            }
            Weights rest = own;
            return whole(at, () -> kind.model(settings, rest, members));
        }
    }

    /** The file of a member. */
    private static String file(String member) {
        return "member-" + member + ".json";
    }

    private static ModelKinds.Saved<?> kind(Path file, byte[] bytes) {
        Head head = Json.head(file, bytes, Head.class);
        ModelKinds.Saved<?> kind = head.kind() == null ? null : ModelKinds.saved(head.kind());
        if (kind == null || head.format() != FORMAT) {
            throw new FileException(file, "is a model of kind '" + head.kind() + "', format " + head.format() + "; this program reads "
                    + String.join(", ", ModelKinds.savedKinds()) + " in format " + FORMAT + "; fit again");
        }
        return kind;
    }

    /**
     * What prediction sets are made by.
     *
     * @throws FileException if the model was saved without it
     */
    public Conformal intervalsFor(Path folder) {
        if (intervals == null || !intervals.tasks().keySet().containsAll(model.tasks())) {
            throw new FileException(folder, "has no held-out rows of all tasks to make intervals by; run fit again");
        }
        return intervals;
    }

    private static <T> T whole(Path file, Supplier<T> made) {
        try {
            return made.get();
        } catch (IllegalArgumentException e) {
            throw new FileException(file, "does not fit itself or " + WEIGHTS + ": " + e.getMessage() + "; run fit again");
        } catch (NullPointerException | IndexOutOfBoundsException | ArithmeticException | ClassCastException e) {
            // The records say what a model is made of; a file with one of them missing or out of step was made by hand.
            throw new FileException(file, "is not a whole model: parts of it are missing or do not fit together; run fit again");
        }
    }

    /**
     * The schema, for reading rows from files.
     *
     * @throws FileException if the model was saved without one
     */
    public Schema schemaFor(Path folder) {
        if (schema == null) {
            throw new FileException(folder.resolve(MODEL), "was saved from a program without a study, so it does not say how to read a "
                    + "CSV file");
        }
        return schema;
    }
}
