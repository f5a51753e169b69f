package dev.touchstone.generator.run;

import dev.touchstone.generator.prompt.PromptId;
import dev.touchstone.metrics.file.Sha256;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Everything the generate stage needs, resolved and validated.
 *
 * @param folder of the run; need not exist
 * @param header with an empty model; the stage fills it in
 * @param manifest the manifest's bytes, kept verbatim
 * @param requests in the order of the packs, prompt ids unique
 * @param order indexes of the requests in the order in which they are made and recorded, each once
 * @param shape how they are run
 */
public record GenerationPlan(
        Path folder,
        RunHeader header,
        byte[] manifest,
        List<PlannedRequest> requests,
        List<Integer> order,
        Shape shape) {

    /** Made in the order of the packs. */
    public GenerationPlan(Path folder, RunHeader header, byte[] manifest, List<PlannedRequest> requests, Shape shape) {
        this(
                folder,
                header,
                manifest,
                requests,
                IntStream.range(0, requests.size()).boxed().toList(),
                shape);
    }

    /**
     * How requests are run.
     *
     * @param warmupRequests requests of every size made first in every session and not counted, at least 0
     * @param batchSize most images made at once, at least 1
     * @param precision of the model's numbers, for the records
     * @param consecutiveFailures failed requests in a row after which the run stops, at least 1
     * @param sending how they are sent
     * @param prices of a unit of what back ends say was used up, by kind, in the manifest's currency
     */
    public record Shape(
            int warmupRequests,
            int batchSize,
            String precision,
            int consecutiveFailures,
            Sending sending,
            SortedMap<String, Double> prices) {

        public Shape {
            if (warmupRequests < 0 || batchSize < 1 || consecutiveFailures < 1) {
                throw new IllegalArgumentException("generation plan: expected warm-up >= 0, batch size >= 1 and"
                        + " consecutive failures >= 1, found " + warmupRequests + ", " + batchSize + " and "
                        + consecutiveFailures);
            }
            prices = Collections.unmodifiableSortedMap(new TreeMap<>(prices));
        }

        /** One request after another, without prices. */
        public Shape(int warmupRequests, int batchSize, String precision, int consecutiveFailures) {
            this(warmupRequests, batchSize, precision, consecutiveFailures, Sending.ONE_BY_ONE, new TreeMap<>());
        }
    }

    /**
     * How requests are sent.
     *
     * @param concurrency requests that run at once, at least 1
     * @param requestsPerMinute most requests that begin in a minute, above 0; empty without a limit
     * @param previews unfinished pictures asked for with each image, at least 0
     */
    public record Sending(int concurrency, OptionalDouble requestsPerMinute, int previews) {

        /** Each as soon as the one before it has ended. */
        public static final Sending ONE_BY_ONE = new Sending(1, OptionalDouble.empty(), 0);

        /** @throws IllegalArgumentException if a number is out of range */
        public Sending {
            if (concurrency < 1 || previews < 0 || !(requestsPerMinute.orElse(1) > 0)) {
                throw new IllegalArgumentException(
                        "sending: expected a concurrency >= 1, a rate above 0 and previews >= 0," + " found "
                                + concurrency + ", " + requestsPerMinute + " and " + previews);
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
        order = List.copyOf(order);
        if (order.size() != requests.size()
                || !new HashSet<>(order)
                        .equals(IntStream.range(0, requests.size()).boxed().collect(Collectors.toSet()))) {
            throw new IllegalArgumentException(
                    "generation plan: expected an order of " + requests.size() + " requests, found " + order.size());
        }
        String digest = Sha256.of(manifest);
        if (!digest.equals(header.digests().manifest())) {
            throw new IllegalArgumentException("generation plan: expected manifest digest " + digest + ", found "
                    + header.digests().manifest());
        }
    }

    /** The requests in the order in which they are made. */
    public List<PlannedRequest> inOrder() {
        return order.stream().map(requests::get).toList();
    }

    /** All images of the run. */
    public long images() {
        return requests.stream().mapToLong(PlannedRequest::images).sum();
    }
}
