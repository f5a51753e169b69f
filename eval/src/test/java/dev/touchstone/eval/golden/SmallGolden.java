package dev.touchstone.eval.golden;

import java.io.IOException;
import java.nio.file.Path;

/** A golden dataset of the built-in world that is built in a second: pictures of every workflow, four edits. */
public final class SmallGolden {

    private SmallGolden() {}

    public static GoldenDataset build(Path folder, int imagesPerWorkflow) throws IOException {
        return new GoldenBuilder(1, imagesPerWorkflow, 4).build(folder.resolve("builtin/1"), GoldenProgress.SILENT);
    }
}
