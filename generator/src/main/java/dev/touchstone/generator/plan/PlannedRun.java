package dev.touchstone.generator.plan;

import dev.touchstone.generator.backend.BackendProvider;
import dev.touchstone.generator.backend.BackendSettings;
import dev.touchstone.generator.manifest.RunManifest;
import dev.touchstone.generator.run.GenerationPlan;

/**
 * A manifest with everything it names.
 *
 * @param manifest as read
 * @param plan for the generate stage
 * @param provider opens the model
 * @param backend how
 */
public record PlannedRun(
        RunManifest manifest, GenerationPlan plan, BackendProvider provider, BackendSettings backend) {}
