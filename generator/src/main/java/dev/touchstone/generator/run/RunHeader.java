package dev.touchstone.generator.run;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a run is and where it was made: {@code header.json}.
 *
 * @param runId folder name
 * @param name of the manifest
 * @param createdAt wall clock of the first session, whole milliseconds
 * @param digests of what was asked
 * @param touchstone the program
 * @param model identity of the back end; empty in a plan, filled when the back end is loaded
 * @param host the machine of the first session
 * @param environment what the manifest says about hardware and serving
 * @param packs the prompts' origin, in manifest order
 * @param golden the golden dataset, if the manifest names one
 * @param manifestFile where the manifest lay: relative to the project where it lies in it, else absolute; empty if not known. Paths
 *     in the manifest are relative to it
 */
public record RunHeader(
        RunId runId,
        String name,
        Instant createdAt,
        Digests digests,
        Touchstone touchstone,
        SortedMap<String, String> model,
        Host host,
        Environment environment,
        List<DataReference> packs,
        Optional<DataReference> golden,
        String manifestFile) {

    /** Of a manifest that lies nowhere. */
    public RunHeader(
            RunId runId,
            String name,
            Instant createdAt,
            Digests digests,
            Touchstone touchstone,
            SortedMap<String, String> model,
            Host host,
            Environment environment,
            List<DataReference> packs,
            Optional<DataReference> golden) {
        this(runId, name, createdAt, digests, touchstone, model, host, environment, packs, golden, "");
    }

    public RunHeader {
        model = Collections.unmodifiableSortedMap(new TreeMap<>(model));
        packs = List.copyOf(packs);
    }

    /**
     * What was asked, lower-case SHA-256.
     *
     * @param generation of everything that can change a picture
     * @param manifest of the manifest's bytes
     */
    public record Digests(String generation, String manifest) {}

    /**
     * The program that made the run.
     *
     * @param version of the release
     * @param commit of the sources, {@code unknown} outside a checkout
     * @param state whether the sources were exactly that commit
     */
    public record Touchstone(String version, String commit, Sources state) {}

    /** Whether sources equal their commit. */
    public enum Sources {
        CLEAN,
        DIRTY
    }

    /** What the manifest says about hardware and serving. */
    public record Environment(Hardware hardware, Serving serving) {}

    /**
     * What the run costs per hour.
     *
     * @param hardwareClass a name
     * @param pricePerHour at least 0
     * @param currency ISO 4217
     */
    public record Hardware(String hardwareClass, double pricePerHour, String currency) {}

    /** How requests reach the model, and which container and commit serve it. */
    public record Serving(String path, String container, String commit) {}

    /** A released pack or dataset. */
    public record DataReference(String id, int version, String digest) {}

    /** This header with the identity of the back end that was loaded. */
    public RunHeader withModel(SortedMap<String, String> identity) {
        return new RunHeader(
                runId, name, createdAt, digests, touchstone, identity, host, environment, packs, golden, manifestFile);
    }

    /** This header of an earlier session, with what a manifest may change without changing a picture. */
    RunHeader continuedBy(RunHeader plan) {
        return new RunHeader(
                runId,
                plan.name,
                createdAt,
                plan.digests,
                touchstone,
                model,
                host,
                plan.environment,
                plan.packs,
                plan.golden,
                plan.manifestFile);
    }
}
