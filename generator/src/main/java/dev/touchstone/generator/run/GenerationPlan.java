package dev.touchstone.generator.run;

import dev.touchstone.generator.prompt.PromptId;
import dev.touchstone.metrics.file.Sha256;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Everything the generate stage needs, resolved and validated.
 *
 * @param folder of the run; need not exist
 * @param header with an empty model; the stage fills it in
 * @param manifest the manifest's bytes, kept verbatim
 * @param requests in the order in which they are made, prompt ids unique
 * @param shape how they are run
 */
public record GenerationPlan(
        Path folder, RunHeader header, byte[] manifest, List<PlannedRequest> requests, Shape shape) {

    /**
     * How requests are run.
     *
     * @param warmupRequests requests made first in every session and not counted, at least 0
     * @param batchSize most images made at once, at least 1
     * @param precision of the model's numbers, for the records
     * @param consecutiveFailures failed requests in a row after which the run stops, at least 1
     */
    public record Shape(int warmupRequests, int batchSize, String precision, int consecutiveFailures) {

        public Shape {
            if (warmupRequests < 0 || batchSize < 1 || consecutiveFailures < 1) {
                throw new IllegalArgumentException("generation plan: expected warm-up >= 0, batch size >= 1 and"
                        + " consecutive failures >= 1, found " + warmupRequests + ", " + batchSize + " and "
                        + consecutiveFailures);
            }
        }
    }

    /** @throws IllegalArgumentException if there is no request, a prompt id is there twice, or a digest does not fit */
    public GenerationPlan {
        requests = List.copyOf(requests);
        if (requests.isEmpty()) {
            throw new IllegalArgumentException("generation plan: expected at least one request, found none");
        }
        Set<PromptId> seen = new HashSet<>();
        for (PlannedRequest request : requests) {
            if (!seen.add(request.id())) {
                throw new IllegalArgumentException(
                        "generation plan: expected unique prompt ids, found " + request.id() + " twice");
            }
        }
        String digest = Sha256.of(manifest);
        if (!digest.equals(header.digests().manifest())) {
            throw new IllegalArgumentException("generation plan: expected manifest digest " + digest + ", found "
                    + header.digests().manifest());
        }
    }

    /** All images of the run. */
    public long images() {
        return requests.stream().mapToLong(PlannedRequest::images).sum();
    }
}
