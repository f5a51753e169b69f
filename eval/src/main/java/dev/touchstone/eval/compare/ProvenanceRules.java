package dev.touchstone.eval.compare;

import dev.touchstone.eval.compare.RuleInput.Finding;
import dev.touchstone.generator.run.RunFolder;
import dev.touchstone.generator.run.RunHeader;
import dev.touchstone.metrics.file.DataFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Rules about where numbers come from. */
final class ProvenanceRules {

    private ProvenanceRules() {}

    static Optional<Finding> rulerChanged(RuleInput in) {
        List<Conditions.Change> changed = in.conditions().incomparable();
        return changed.isEmpty()
                ? Optional.empty()
                : Finding.suspect(
                        "what the runs are measured with differs, by permission: %s",
                        changed.stream().map(Conditions.Change::toString).collect(Collectors.joining("; ")));
    }

    static Optional<Finding> fallbackModel(RuleInput in) {
        String asked = in.candidate().manifest().text("model.id");
        String loaded = in.candidate().header().model().getOrDefault("id", asked);
        String version = in.candidate().manifest().text("model.version");
        String loadedVersion = in.candidate().header().model().getOrDefault("version", version);
        Pictures pictures = in.candidate().pictures();
        Map<String, Integer> answering = new TreeMap<>();
        for (int row = 0; row < pictures.size(); row++) {
            pictures.made(row).model().ifPresent(model -> answering.merge(model, 1, Integer::sum));
        }
        if (answering.size() > 1) {
            return Finding.suspect("pictures were answered by several models: %s", answering);
        }
        return asked.isEmpty() || loaded.equals(asked) && loadedVersion.equals(version)
                ? Optional.empty()
                : Finding.suspect("asked for %s %s, answered by %s %s", asked, version, loaded, loadedVersion);
    }

    /** The network that scores adherence chose among candidates before. */
    static Optional<Finding> judgeChose(RuleInput in) {
        String judge = in.candidate().header().model().getOrDefault("judgeDigest", "");
        String scorer = in.candidate().scoring().getOrDefault("weightsDigest", "");
        String ofBase = in.base().header().model().getOrDefault("judgeDigest", "");
        return judge.isEmpty() || !judge.equals(scorer) || judge.equals(ofBase)
                ? Optional.empty()
                : Finding.suspect(
                        "%s drew candidates for each picture and kept those that the scoring network %s liked best",
                        in.candidate().header().runId(),
                        in.candidate().scoring().getOrDefault("extractor", ""));
    }

    /** Other runs of the candidate's generation beside it, which are other looks at the same release. */
    static Optional<Finding> reruns(RuleInput in) {
        RunHeader own = in.candidate().header();
        Path folder = in.candidate().folder().path().toAbsolutePath().normalize();
        Path runs = folder.getParent();
        Path base = in.base().folder().path().toAbsolutePath().normalize();
        if (runs == null || in.conditions().kind() == Conditions.Kind.SAME) {
            return Optional.empty();
        }
        List<String> others = new ArrayList<>();
        try (Stream<Path> siblings = Files.list(runs)) {
            siblings.filter(path -> !path.equals(folder) && !path.equals(base))
                    .filter(path -> Files.isRegularFile(path.resolve("header.json")))
                    .sorted()
                    .forEach(path -> {
                        if (isSameGeneration(path, own)) {
                            others.add(path.getFileName().toString());
                        }
                    });
        } catch (IOException e) {
            return Optional.empty(); // a folder that cannot be listed shows no reruns
        }
        return others.isEmpty()
                ? Optional.empty()
                : Finding.suspect(
                        "%d other runs of the same generation lie beside the candidate: %s",
                        others.size(), String.join(", ", others));
    }

    private static boolean isSameGeneration(Path path, RunHeader own) {
        try {
            RunHeader header = new RunFolder(path).header();
            return header.digests().generation().equals(own.digests().generation())
                    && header.name().equals(own.name());
        } catch (DataFileException e) {
            return false;
        }
    }
}
