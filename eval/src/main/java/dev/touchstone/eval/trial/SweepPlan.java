package dev.touchstone.eval.trial;

import dev.touchstone.generator.backend.ImageRequest.Sampler;
import dev.touchstone.generator.backend.ImageRequest.SamplingSettings;
import dev.touchstone.generator.scene.Workflow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Which settings a sweep tries, and on what.
 *
 * @param images drawn per setting, the same prompts and noises in each
 * @param steps numbers of steps, ascending, each once
 * @param guidance guidance scales, ascending, each once
 * @param precisions names; the pictures that the others are compared with are of the first
 * @param sampler for all
 * @param seed draws prompts and noise
 */
public record SweepPlan(
        int images, List<Integer> steps, List<Double> guidance, List<String> precisions, Sampler sampler, long seed) {

    /** Fewest pictures: KID's interval leaves out one prompt at a time, and needs two others. */
    public static final int FEWEST_IMAGES = 12;

    /** Pictures of one prompt, drawn together: its text is read once. */
    static final int PER_PROMPT = 4;

    /** Golden pictures of each workflow behind FID and KID; KID takes time by the square of them, setting after setting. */
    static final int GOLDEN_PER_WORKFLOW = 256;

    /** Workflows that are drawn from nothing. An edit keeps most of its input, whatever the settings. */
    static final List<Workflow> WORKFLOWS = List.of(
            Workflow.PORTRAIT_REALISM, Workflow.STYLISED_ART, Workflow.MARKETING_ASSETS, Workflow.FAILURE_PROBES);

    public SweepPlan {
        steps = steps.stream().distinct().sorted().toList();
        guidance = guidance.stream().distinct().sorted().toList();
        precisions = precisions.stream().distinct().toList();
        if (images < FEWEST_IMAGES || steps.isEmpty() || guidance.isEmpty() || precisions.isEmpty()) {
            throw new IllegalArgumentException("sweep: expected at least " + FEWEST_IMAGES
                    + " images and one of steps, guidance and precision, found " + images + " images, " + steps + ", "
                    + guidance + ", " + precisions);
        }
    }

    /**
     * One setting.
     *
     * @param guidance 1 means none
     */
    public record Setting(String precision, int steps, double guidance) {}

    /** All settings in the order in which they are tried: what the others are compared with comes first. */
    List<Setting> settings() {
        List<Setting> settings = new ArrayList<>();
        for (String precision : precisions) {
            for (double scale : guidance) {
                steps.stream()
                        .sorted(Comparator.reverseOrder())
                        .forEach(count -> settings.add(new Setting(precision, count, scale)));
            }
        }
        return settings;
    }

    /** The setting whose pictures those of another setting are compared with. */
    Setting reference(Setting setting) {
        return new Setting(precisions.get(0), referenceSteps(), setting.guidance());
    }

    int referenceSteps() {
        return steps.get(steps.size() - 1);
    }

    TrialSettings trial(Setting setting) {
        return new TrialSettings(
                new SamplingSettings(sampler, setting.steps(), setting.guidance()), seed, TrialSettings.SIDE_PIXELS);
    }

    /** Evaluations of the network that a setting's pictures take, the unit in which progress is told. */
    long evaluations(Setting setting) {
        long perImage = sampler == Sampler.HEUN ? 2L * setting.steps() - 1 : setting.steps();
        return perImage * (setting.guidance() == 1 ? 1 : 2) * images;
    }

    /** The prompts, a workflow after the other in turn. */
    List<TrialPrompt> prompts() {
        int count = (images + PER_PROMPT - 1) / PER_PROMPT;
        int each = (count + WORKFLOWS.size() - 1) / WORKFLOWS.size();
        List<List<TrialPrompt>> byWorkflow = WORKFLOWS.stream()
                .map(workflow -> TrialPrompt.draw(workflow, TrialPrompt.Kind.NATURAL, each, seed))
                .toList();
        List<TrialPrompt> prompts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            prompts.add(byWorkflow.get(i % WORKFLOWS.size()).get(i / WORKFLOWS.size()));
        }
        return prompts;
    }

    /** How many pictures the prompt with an index gets: the last takes what is left. */
    int imagesOf(int prompt) {
        return Math.min(PER_PROMPT, images - prompt * PER_PROMPT);
    }
}
