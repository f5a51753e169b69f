package dev.touchstone.eval.compare;

import dev.touchstone.eval.result.CohortKey;
import dev.touchstone.generator.prompt.CohortAxis;
import dev.touchstone.generator.run.RunFolder;
import dev.touchstone.metrics.file.DataFileException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What one run measured, prompt by prompt: the values behind every paired difference.
 *
 * @param name of the run: its id, or what a simulation calls it
 * @param prompts sorted by id
 * @param slices axes by which the run is sliced, each alone or taken together
 * @param counts of planned images by what became of them, per prompt
 * @param measures values by measure id
 */
public record RunSamples(
        String name,
        PromptSet prompts,
        List<List<CohortAxis>> slices,
        ImageCounts counts,
        SortedMap<String, Samples> measures) {

    public RunSamples {
        slices = slices.stream().map(List::copyOf).toList();
        measures = Collections.unmodifiableSortedMap(new TreeMap<>(measures));
        measures.forEach((id, samples) -> {
            if (!id.equals(samples.measure().id()) || samples.values().prompts() != prompts.size()) {
                throw new IllegalArgumentException("run samples: expected " + id + " over " + prompts.size()
                        + " prompts, found " + samples.measure().id() + " over "
                        + samples.values().prompts());
            }
        });
    }

    /** One measure and its values. */
    public record Samples(Measure measure, PromptValues values) {}

    /**
     * Images by status, a number per prompt in each array. Shared, not copied: treat them as constants.
     *
     * @param complete on the disk
     * @param failed the back end failed
     * @param moderated refused by policy
     * @param missing answered without them
     * @param unanswered planned images without a record
     */
    public record ImageCounts(int[] complete, int[] failed, int[] moderated, int[] missing, int[] unanswered) {

        /** Images that were planned for a prompt. */
        public int planned(int prompt) {
            return complete[prompt] + failed[prompt] + moderated[prompt] + missing[prompt] + unanswered[prompt];
        }
    }

    /**
     * Reads a finished run in one pass over each of its files.
     *
     * @throws DataFileException if the run is not finished, a file cannot be read, or scores or labels belong to other images
     */
    public static RunSamples read(RunFolder folder) {
        return ComparedRun.read(folder).samples();
    }

    /** The values of a measure, if the run has any. */
    public Optional<Samples> of(String measure) {
        return Optional.ofNullable(measures.get(measure));
    }

    /** All images, then the cohorts of every slice by label. */
    public List<CohortKey> cohorts() {
        List<CohortKey> all = new ArrayList<>(List.of(CohortKey.OVERALL));
        slices.forEach(axes -> all.addAll(prompts.cohorts(axes)));
        return List.copyOf(all);
    }

    /** The same run with other values for a measure: what planted faults are made of. */
    public RunSamples with(Measure measure, PromptValues values) {
        SortedMap<String, Samples> changed = new TreeMap<>(measures);
        changed.put(measure.id(), new Samples(measure, values));
        return new RunSamples(name, prompts, slices, counts, changed);
    }
}
