package intarsia.cli;

import intarsia.models.Progress;
import intarsia.models.Tuning;
import intarsia.models.files.FolderWriter;
import intarsia.models.files.Results;
import java.util.ArrayList;
import java.util.List;

/** Every choice that the saved model's fit makes, with all candidates and their losses on held-out rows: {@code tuning.csv}. */
final class TuningTable implements Progress {
    private final Progress progress;
    private final List<List<String>> rows = new ArrayList<>();

    /** Also tells another one. */
    TuningTable(Progress progress) {
        this.progress = progress;
    }

    @Override
    public void report(String stage, long done, long total) {
        progress.report(stage, done, total);
    }

    @Override
    public synchronized void chose(Tuning tuning) {
        for (int c = 0; c < tuning.candidates().size(); c++) {
            double loss = tuning.losses()[c];
            rows.add(List.of(tuning.what(), tuning.candidates().get(c), Double.isFinite(loss) ? Double.toString(loss) : "",
                    c == tuning.chosen() ? "yes" : ""));
        }
    }

    /** Writes it where there was a choice. */
    void write(FolderWriter run) {
        if (!rows.isEmpty()) {
            run.write("tuning.csv", Results.csv(List.of("choice", "candidate", "loss", "chosen"), rows));
        }
    }
}
