package dev.touchstone.generator.manifest;

import dev.touchstone.generator.document.NearestName;
import dev.touchstone.generator.document.StrictSection;
import dev.touchstone.generator.document.StrictValue;
import dev.touchstone.generator.manifest.RunManifest.Cohorts;
import dev.touchstone.generator.manifest.RunManifest.Data;
import dev.touchstone.generator.manifest.RunManifest.Evaluation;
import dev.touchstone.generator.manifest.RunManifest.GatePolicy;
import dev.touchstone.generator.prompt.CohortAxis;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads what goes into a run beside the model, and by what its pictures are judged. */
final class DataReader {

    private static final Pattern RELEASE = Pattern.compile("[a-z0-9-]{1,40}/[1-9][0-9]{0,5}");
    private static final Pattern BASELINE = Pattern.compile("[a-z0-9-]{1,40}");
    private static final String CROSS = " x ";

    private final StrictSection root;
    private final Vocabulary vocabulary;
    private final ProjectPaths paths;

    DataReader(StrictSection root, Vocabulary vocabulary, ProjectPaths paths) {
        this.root = root;
        this.vocabulary = vocabulary;
        this.paths = paths;
    }

    Data data() {
        return new Data(
                root.required("prompt_packs")
                        .list(1, item -> release(item, vocabulary.packs()))
                        .orElse(List.of()),
                release(root.optional("golden"), vocabulary.goldens()).orElse(new Release("builtin", 1)),
                root.optional("labels").list(0, paths::within).orElse(List.of()));
    }

    Evaluation evaluation() {
        return new Evaluation(
                root.required("metrics")
                        .list(1, item -> item.choice(vocabulary.metrics()))
                        .orElse(List.of()),
                cohorts(),
                gate());
    }

    private static Optional<Release> release(StrictValue value, List<String> known) {
        return value.text(RELEASE, "an id and a version, such as builtin/1").flatMap(text -> {
            if (!known.isEmpty() && !known.contains(text)) {
                value.problem("one of " + String.join(", ", known), NearestName.hint(text, known));
                return Optional.empty();
            }
            int slash = text.indexOf('/');
            return Optional.of(new Release(text.substring(0, slash), Integer.parseInt(text.substring(slash + 1))));
        });
    }

    private Cohorts cohorts() {
        StrictSection section = ManifestReader.section(root.required("cohorts"));
        Cohorts cohorts = new Cohorts(
                section.required("axes").list(1, item -> item.choice(axes())).orElse(List.of()),
                section.optional("crosses").list(0, DataReader::cross).orElse(List.of()));
        section.noOtherKeys();
        return cohorts;
    }

    private static Optional<List<CohortAxis>> cross(StrictValue value) {
        String expected = "two or more different axes joined by \" x \", such as workflow x user_type";
        return value.text().flatMap(text -> {
            List<CohortAxis> cross = new ArrayList<>();
            for (String name : text.split(CROSS, -1)) {
                if (!axes().containsKey(name)) {
                    value.problem(expected, NearestName.hint(name, axes().keySet()));
                    return Optional.empty();
                }
                cross.add(axes().get(name));
            }
            if (cross.size() < 2 || new HashSet<>(cross).size() < cross.size()) {
                value.problem(expected, "");
                return Optional.empty();
            }
            return Optional.of(cross);
        });
    }

    private GatePolicy gate() {
        StrictSection section = ManifestReader.section(root.optional("gate"));
        StrictValue policy = section.optional("policy");
        Optional<String> text = policy.text();
        StrictValue named = section.optional("baseline");
        String baseline = named.text(BASELINE, "the name of a baseline: 1 to 40 characters a-z, 0-9 and -")
                .orElse("");
        boolean none = text.isEmpty() || text.get().equals("none");
        if (none && named.isPresent()) {
            named.problem("no baseline where there is no policy", "");
        }
        GatePolicy read = none
                ? new GatePolicy.None()
                : paths.within(policy)
                        .<GatePolicy>map(path -> new GatePolicy.File(path, baseline))
                        .orElse(new GatePolicy.None());
        section.noOtherKeys();
        return read;
    }

    private static Map<String, CohortAxis> axes() {
        Map<String, CohortAxis> axes = new LinkedHashMap<>();
        for (CohortAxis axis : CohortAxis.values()) {
            axes.put(axis.id(), axis);
        }
        return axes;
    }
}
