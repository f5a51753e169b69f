package dev.touchstone.generator.run;

import dev.touchstone.generator.prompt.PromptId;
import dev.touchstone.metrics.file.IoReason;
import dev.touchstone.metrics.file.JsonlReader;
import dev.touchstone.metrics.file.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Finds out from {@code images.jsonl} which requests of a plan are finished, and that their pictures are still there. */
final class FinishedRequests {

    private static final int SHOWN_PROBLEMS = 10;

    private final RunFolder folder;
    private final ImageCheck check;
    private final Map<PromptId, Integer> wanted = new HashMap<>();
    private final Set<PromptId> finished = new HashSet<>();
    private final List<String> problems = new ArrayList<>();
    private final Set<Integer> current = new HashSet<>();
    private PromptId prompt;
    private long images;
    private long end;

    private FinishedRequests(RunFolder folder, GenerationPlan plan, ImageCheck check) {
        this.folder = folder;
        this.check = check;
        plan.requests().forEach(request -> wanted.put(request.id(), request.images()));
    }

    /**
     * Reads the records.
     *
     * @throws RunFolderException if a record is not of the plan or doubled, or a recorded picture is gone or changed
     */
    static FinishedRequests read(RunFolder folder, GenerationPlan plan, ImageCheck check) {
        FinishedRequests found = new FinishedRequests(folder, plan, check);
        try (JsonlReader reader = JsonlReader.open(folder.imagesFile())) {
            JsonlReader.Line first = reader.next()
                    .orElseThrow(() -> new RunFolderException(
                            folder.imagesFile() + ": expected a first line with schemaVersion and runId, found none"));
            RunFolder.checkVersion(first.json());
            RunId run = HeaderFile.runId(first.json());
            if (!run.equals(plan.header().runId())) {
                throw first.json().wrong("runId", plan.header().runId().toString(), run);
            }
            found.end = first.endOffset();
        }
        RunFolder.eachLine(folder.imagesFile(), found::line);
        if (!found.problems.isEmpty()) {
            throw new RunFolderException(String.join("\n", found.problems)
                    + "\nA recorded picture was removed or changed after it was made. Put it back, or remove the run"
                    + " folder and start again.");
        }
        return found;
    }

    boolean contains(PlannedRequest request) {
        return finished.contains(request.id());
    }

    int requests() {
        return finished.size();
    }

    /** Images of the finished requests. */
    long images() {
        return images;
    }

    /** Byte offset behind the last finished request; what follows is of a request that was cut off in the middle. */
    long endOffset() {
        return end;
    }

    private void line(JsonlReader.Line line) {
        ImageRecord record = ImageLine.read(line.json());
        ImageId id = record.id();
        Integer count = wanted.get(id.prompt());
        if (count == null || id.imageIndex() >= count) {
            throw line.json().wrong("imageId", "an image of this run", id);
        }
        if (!id.prompt().equals(prompt)) {
            if (!current.isEmpty() || finished.contains(id.prompt())) {
                throw line.json().wrong("imageId", "the images of a request together and once", id);
            }
            prompt = id.prompt();
        }
        if (!current.add(id.imageIndex())) {
            throw line.json().wrong("imageId", "every image once", id);
        }
        if (record instanceof ImageRecord.Complete complete) {
            check(complete);
        }
        if (current.size() == count) {
            finished.add(prompt);
            images += count;
            end = line.endOffset();
            current.clear();
        }
    }

    private void check(ImageRecord.Complete image) {
        Path file = folder.picture(image);
        try {
            if (!Files.isRegularFile(file)) {
                problem(file + ": expected the recorded picture, found nothing");
            } else if (Files.size(file) != image.file().bytes()) {
                problem(file + ": expected " + image.file().bytes() + " bytes as recorded, found " + Files.size(file));
            } else if (check == ImageCheck.DIGEST
                    && !Sha256.of(file).equals(image.file().sha256())) {
                problem(file + ": expected digest " + image.file().sha256() + " as recorded, found " + Sha256.of(file));
            }
        } catch (IOException e) {
            problem(file + ": expected a readable file, found " + IoReason.of(e));
        }
    }

    private void problem(String problem) {
        if (problems.size() < SHOWN_PROBLEMS) {
            problems.add(problem);
        }
    }
}
