package dev.touchstone.generator.backend;

import dev.touchstone.generator.backend.CandidateJudge.Judgement;
import java.util.List;
import java.util.Optional;

/**
 * How an image came to be kept: the one of its candidates with the highest adherence; of equals the one with the highest
 * confidence; of equals again the first drawn. Both numbers are compared as they are recorded, in millionths, so that the choice can
 * be checked from the record alone.
 *
 * @param asked how many candidates were asked for
 * @param candidates those that were drawn, in the order of their numbers, at least one
 * @param kept index into {@code candidates}
 */
public record Selection(int asked, List<Candidate> candidates, int kept) {

    /**
     * One of several pictures for the same image.
     *
     * @param noiseIndex keys its starting noise where an image that is not chosen among several has its image index
     * @param judgement empty where the prompt asks for nothing that can be judged
     */
    public record Candidate(int noiseIndex, Optional<Judgement> judgement) {

        public Candidate {
            judgement = judgement.map(
                    exact -> new Judgement(millionths(exact.adherence()), millionths(exact.confidence())));
        }

        private static double millionths(double value) {
            return Math.rint(value * 1e6) / 1e6;
        }
    }

    /** @throws IllegalArgumentException if more candidates came than were asked for, none, or the kept one is not among them */
    public Selection {
        candidates = List.copyOf(candidates);
        if (candidates.isEmpty() || candidates.size() > asked || kept < 0 || kept >= candidates.size()) {
            throw new IllegalArgumentException("selection: expected 1 to " + asked + " candidates and one of them kept,"
                    + " found " + candidates.size() + " and number " + kept);
        }
    }

    /** The best of some candidates. */
    static Selection best(int asked, List<Candidate> candidates) {
        int best = 0;
        for (int i = 1; i < candidates.size(); i++) {
            if (isBetter(candidates.get(i), candidates.get(best))) {
                best = i;
            }
        }
        return new Selection(asked, candidates, best);
    }

    private static boolean isBetter(Candidate one, Candidate other) {
        if (one.judgement().isEmpty() || other.judgement().isEmpty()) {
            return one.judgement().isPresent() && other.judgement().isEmpty();
        }
        Judgement a = one.judgement().get();
        Judgement b = other.judgement().get();
        int order = Double.compare(a.adherence(), b.adherence());
        return order > 0 || (order == 0 && a.confidence() > b.confidence());
    }
}
