package dev.touchstone.eval.label;

import dev.touchstone.generator.document.Problems;
import dev.touchstone.generator.run.ImageId;
import dev.touchstone.generator.run.ImageRecord;
import dev.touchstone.generator.run.RunFolder;
import dev.touchstone.generator.run.RunId;
import dev.touchstone.generator.run.RunLock;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Takes votes into a run and merges them: label files and the votes the run already has become {@code labels.jsonl}. Taking the
 * same file in again changes nothing. Nothing is taken in if anything is wrong.
 */
public final class LabelStage {

    private final RunFolder folder;

    /** @param folder of a run whose pictures are made */
    public LabelStage(RunFolder folder) {
        this.folder = folder;
    }

    /**
     * @param files of labels; may be empty
     * @throws LabelException with every problem of every file, votes on images that the run does not have among them
     * @throws dev.touchstone.generator.run.RunFolderException if another process works on the folder; nothing is lost
     * @throws dev.touchstone.metrics.file.DataFileException if the run is not finished or cannot be read or written
     */
    public Labels run(Collection<Path> files) {
        RunLock lock = RunLock.take(folder.path());
        try {
            return merged(files);
        } finally {
            lock.close();
        }
    }

    private Labels merged(Collection<Path> files) {
        String imagesDigest = folder.verified().imagesDigest();
        RunId run = folder.header().runId();
        RunPictures pictures = pictures();
        VoteHistory history = new VoteHistory(pictures);
        LabelStore store = new LabelStore(folder);
        store.read().ifPresent(before -> before.votes().forEach(recorded -> history.add(recorded.vote())));
        Problems problems = new Problems();
        for (Path file : files) {
            for (LocatedVote located : LabelFile.read(file, problems)) {
                ImageId image = located.vote().image();
                if (pictures.knows(image)) {
                    history.add(located.vote());
                } else {
                    unknown(located, "run " + run, problems);
                }
            }
        }
        problems.throwIfAny(LabelException::new);
        List<RecordedVote> votes = history.recorded();
        List<Vote> current = votes.stream()
                .filter(recorded -> recorded.status() == VoteStatus.CURRENT)
                .map(RecordedVote::vote)
                .toList();
        Labels labels = new Labels(run, imagesDigest, votes, MajorityMerge.of(current));
        store.write(labels);
        return labels;
    }

    /**
     * Looks at label files before there are pictures.
     *
     * @param images that the run will have
     * @throws LabelException with every problem of every file, votes on other images among them
     */
    public static void check(Collection<Path> files, Predicate<ImageId> images) {
        Problems problems = new Problems();
        for (Path file : files) {
            for (LocatedVote located : LabelFile.read(file, problems)) {
                if (!images.test(located.vote().image())) {
                    unknown(located, "this run", problems);
                }
            }
        }
        problems.throwIfAny(LabelException::new);
    }

    private static void unknown(LocatedVote located, String run, Problems problems) {
        problems.add(
                located.place(),
                "image_id",
                "an image of " + run,
                "\"" + located.vote().image() + "\"");
    }

    private RunPictures pictures() {
        SortedMap<ImageId, Optional<JudgedPicture>> pictures = new TreeMap<>();
        try (Stream<ImageRecord> images = folder.images()) {
            images.forEach(image -> pictures.put(
                    image.id(),
                    image instanceof ImageRecord.Complete complete
                            ? Optional.of(new JudgedPicture(
                                    Optional.of(complete.file().sha256()),
                                    Optional.of(complete.file().fingerprint())))
                            : Optional.empty()));
        }
        return new RunPictures(pictures);
    }
}
